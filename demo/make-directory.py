#!/usr/bin/env python3
"""Makes a Dutch directory of any size: make-directory.py FOLDER ACCOUNTS. The same call, the same files."""
import random
import sys
import unicodedata
from pathlib import Path

FIRST = """Fatima Joost Sanne Mehmet Noor Pieter Zoë Daan Emma Bram Lieke Youssef Anouk Thijs Femke Ruben Eva
Stijn Naomi Gijs Roos Omar Maud Koen Ilse Jeroen Hanneke Wouter Esra Sjoerd Marit Tijn Vera Hugo Saskia Björn
Renée Kees Amina Floor Bas Mirjam Ties Jasmijn Rachid Lotte Teun Inge Marloes Douwe Frédérique Sem Tessa""".split()
MIDDLE = ["", "", "", "van ", "de ", "van der ", "van den ", "ter ", "van 't "]
LAST = """Jansen Bakker Visser Smit Meijer Mulder Bos Vos Peters Hendriks Dekker Brouwer Dijkstra Yılmaz Kok
Jacobs Vermeulen Schouten Willems Hoekstra Koster Prins Huisman Postma Kuiper Veenstra El-Amrani Kramer Molenaar
Timmermans Groen Gerritsen Sanders Blom Wolters Hermans Çelik Kuijpers Maas Hofman Zijlstra Ødegård Groot""".split()
REGIONS = [("utrecht", "Utrecht"), ("rijnmond", "Rijnmond"), ("noord", "Noord"), ("zuidoost", "Zuidoost")]
SCHOOLS = """Beatrixschool|De Regenboog|Het Kompas|De Wegwijzer|Montessorischool De Vlinder|De Klimop|Het Palet
De Bron|Prins Willemschool|De Zonnebloem|Daltonschool De Horizon|De Ark|Het Mozaïek|De Springplank|De Boomgaard
Sint-Jozefschool|De Vuurtoren|Het Anker|De Windroos|De Fontein""".replace("\n", "|").split("|")


def plain(text):
    text = unicodedata.normalize("NFKD", text.lower().replace("ı", "i").replace("ø", "o"))
    return "".join(c for c in text if c.isalnum())


def main(folder, count):
    chance = random.Random(2026)
    folder.mkdir(parents=True, exist_ok=True)
    boards = max(4, count // 2500)
    schools = max(12, count // 130)
    with open(folder / "regions.csv", "w", encoding="utf-8") as out:
        out.write("code,name,servicedesk_address\n")
        for code, name in REGIONS:
            out.write(f"{code},{name},{code}@otservicedesk.nl\n")
    names = {}
    with open(folder / "organisations.csv", "w", encoding="utf-8") as out:
        out.write("code,kind,name,region,parent,mail_domains\n")
        for r, (code, name) in enumerate(REGIONS):
            out.write(f"swv-{code},consortium,Samenwerkingsverband {name},{code},,swv-{code}.nl\n")
        for b in range(boards):
            region = REGIONS[b % 4][0]
            out.write(f"bst-{b:03},board,Stichting {LAST[b % len(LAST)]} Onderwijs,{region},swv-{region},"
                      f"bestuur{b:03}.nl\n")
        for s in range(schools):
            name = SCHOOLS[s % len(SCHOOLS)] + (f" {s // len(SCHOOLS) + 1}" if s >= len(SCHOOLS) else "")
            board = s % boards
            names[s] = plain(name)
            out.write(f"sch-{s:04},school,{name},{REGIONS[board % 4][0]},bst-{board:03},{plain(name)}.nl\n")
    taken = set()
    directors = {}
    with open(folder / "accounts.csv", "w", encoding="utf-8") as out:
        out.write("username,name,work_email,roles,status\n")
        for i in range(count):
            first, middle, last = chance.choice(FIRST), chance.choice(MIDDLE), chance.choice(LAST)
            base = f"{plain(first)[0]}.{plain(middle + last)}"
            user, n = base, 1
            if user in taken:
                user = f"{base}{i}"
            taken.add(user)
            s = i % schools
            role = "director" if i < schools else chance.choice(["teacher"] * 8 + ["supporter", "coordinator"])
            roles = f"{role}@sch-{s:04}"
            if i % 40 == 39:
                roles += f";teacher@sch-{(s + 1) % schools:04}"
            status = "blocked" if i % 97 == 96 else "active"
            out.write(f"{user},{first} {middle}{last},{user}@{names[s]}.nl,{roles},{status}\n")
            if i < schools:
                directors[s] = (f"{user}@{names[s]}.nl", f"{first} {middle}{last}")
    with open(folder / "requesters.csv", "w", encoding="utf-8") as out:
        out.write("work_email,name,capacity,organisation,valid_from,valid_until\n")
        for s, (email, name) in directors.items():
            out.write(f"{email},{name},director,sch-{s:04},2024-08-01,\n")
        for b in range(boards):
            name = f"{chance.choice(FIRST)} {chance.choice(LAST)}"
            out.write(f"{plain(name.split()[0])}@bestuur{b:03}.nl,{name},board_member,bst-{b:03},2023-01-01,\n")
        for code, name in REGIONS:
            who = f"{chance.choice(FIRST)} {chance.choice(LAST)}"
            out.write(f"toezicht@swv-{code}.nl,{who},supervisor,swv-{code},2022-01-01,\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
