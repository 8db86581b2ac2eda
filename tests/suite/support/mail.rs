//! Mails made and DKIM-signed on the spot, and a DNS server on loopback that knows the keys.

use std::collections::HashMap;
use std::net::UdpSocket;
use std::sync::{Arc, Mutex};
use std::thread;

use data_encoding::BASE64;
use ed25519_dalek::SigningKey;
use hickory_resolver::proto::op::{Message, ResponseCode};
use hickory_resolver::proto::rr::rdata::TXT;
use hickory_resolver::proto::rr::{RData, Record};
use mail_auth::common::crypto::Ed25519Key;
use mail_auth::common::headers::HeaderWriter as _;
use mail_auth::dkim::DkimSigner;
use sha2::{Digest as _, Sha256};

type Records = Arc<Mutex<HashMap<String, Vec<String>>>>;

/// A DNS server of TXT records.
pub(crate) struct DnsServer {
    pub(crate) address: String,
    records: Records,
}

impl DnsServer {
    pub(crate) fn start() -> Self {
        let socket = UdpSocket::bind("127.0.0.1:0").unwrap();
        let address = socket.local_addr().unwrap().to_string();
        let records = Records::default();
        let known = Arc::clone(&records);
        thread::spawn(move || {
            let mut buffer = [0; 4096];
            while let Ok((length, peer)) = socket.recv_from(&mut buffer) {
                let Ok(question) = Message::from_vec(&buffer[..length]) else {
                    continue;
                };
                let answer = answer(&question, &known.lock().unwrap());
                socket.send_to(&answer.to_vec().unwrap(), peer).unwrap();
            }
        });
        Self { address, records }
    }

    pub(crate) fn publish(&self, name: &str, text: &str) {
        let mut records = self.records.lock().unwrap();
        records.insert(name.to_owned(), vec![text.to_owned()]);
    }
}

fn answer(question: &Message, records: &HashMap<String, Vec<String>>) -> Message {
    let mut answer = Message::response(question.metadata.id, question.metadata.op_code);
    for query in &question.queries {
        answer.add_query(query.clone());
        let name = query.name().to_ascii().to_lowercase();
        match records.get(name.trim_end_matches('.')) {
            Some(texts) => {
                for text in texts {
                    let parts = text.as_bytes().chunks(200);
                    let parts = parts.map(|part| String::from_utf8_lossy(part).into_owned());
                    let data = RData::TXT(TXT::new(parts.collect()));
                    answer.add_answer(Record::from_rdata(query.name().clone(), 1, data));
                }
            }
            None => answer.metadata.response_code = ResponseCode::NXDomain,
        }
    }
    answer
}

/// A domain that signs its mail.
pub(crate) struct Domain {
    name: String,
    key: SigningKey,
}

impl Domain {
    /// A domain whose key and DMARC policy the server knows.
    pub(crate) fn publish(dns: &DnsServer, name: &str) -> Self {
        let key = SigningKey::from_bytes(&Sha256::digest(name).into());
        let domain = Self {
            name: name.to_owned(),
            key,
        };
        let record = format!("v=DKIM1; k=ed25519; p={}", domain.public());
        dns.publish(&format!("s1._domainkey.{name}"), &record);
        dns.publish(&format!("_dmarc.{name}"), "v=DMARC1; p=reject");
        domain
    }

    /// The public key, as it stands in DNS.
    pub(crate) fn public(&self) -> String {
        BASE64.encode(self.key.verifying_key().as_bytes())
    }

    /// The mail with this domain's signature on top.
    pub(crate) fn sign(&self, mail: &str) -> String {
        self.sign_fields(mail, &["From", "To", "Subject", "Date", "Message-ID"])
    }

    pub(crate) fn sign_fields(&self, mail: &str, fields: &[&str]) -> String {
        let public = self.key.verifying_key();
        let key = Ed25519Key::from_seed_and_public_key(self.key.as_bytes(), public.as_bytes());
        let signer = DkimSigner::from_key(key.unwrap())
            .domain(&self.name)
            .selector("s1")
            .headers(fields.iter().copied());
        let signature = signer.sign(mail.as_bytes()).unwrap();
        format!("{}{mail}", signature.to_header())
    }
}

/// A plain mail, sent now.
pub(crate) fn mail(from: &str, to: &str, id: &str) -> String {
    mail_dated(from, to, id, &jiff_now(0))
}

pub(crate) fn mail_dated(from: &str, to: &str, id: &str, date: &str) -> String {
    format!(
        "From: {from}\r\nTo: {to}\r\nSubject: 2FA opnieuw instellen\r\nDate: {date}\r\n\
         Message-ID: <{id}@mail.example>\r\n\r\nWil je de 2FA van j.jansen resetten?\r\n"
    )
}

/// RFC 5322's date, so many hours ago.
#[expect(clippy::disallowed_methods, reason = "a mail is sent when it is sent")]
pub(crate) fn jiff_now(hours_ago: i64) -> String {
    let at = jiff::Timestamp::now() - jiff::SignedDuration::from_hours(hours_ago);
    jiff::fmt::rfc2822::DateTimePrinter::new()
        .timestamp_to_string(&at)
        .unwrap()
}
