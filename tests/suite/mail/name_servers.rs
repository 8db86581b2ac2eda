//! Name servers as they are out there: two of them, dead ones, old ones, and keys that are too long for
//! a datagram.

use std::net::{SocketAddr, UdpSocket};
use std::time::{Duration, Instant};

use balie::domain::request::evidence::{Evidence, Intake, Outcome, TxtAnswer};
use balie::domain::timestamp::Timestamp;
use balie::loopback::{DnsServer, Manner};
use balie::mail::{Dns, gather};

use crate::support::mail::{Domain, mail};

const SCHOOL: &str = "beatrixschool.nl";
const KEY: &str = "s1._domainkey.beatrixschool.nl";
/// Where the key of a school at Microsoft 365 really is.
const TENANT: &str = "s1-beatrixschool._domainkey.beatrix.onmicrosoft.example";

/// A server that knows the school's key, of so many bytes, behind an alias.
fn server(bytes: usize) -> (DnsServer, Domain) {
    let dns = DnsServer::start().unwrap();
    let school = Domain::publish(&dns, SCHOOL);
    let record = format!("v=DKIM1; k=ed25519; p={}; n=", school.public());
    dns.publish(TENANT, &format!("{record:x<bytes$}"));
    dns.alias(KEY, TENANT);
    (dns, school)
}

fn address(dns: &DnsServer) -> SocketAddr {
    dns.address.parse().unwrap()
}

/// What a mail of the school shows to who asks these servers.
fn look(school: &Domain, servers: &[SocketAddr]) -> (Evidence, Duration) {
    let mail = school.sign(&mail(
        "d.visser@beatrixschool.nl",
        "utrecht@otservicedesk.nl",
        "1",
    ));
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let began = Instant::now();
    let now = Timestamp::from_seconds(1_790_000_000);
    let evidence = runtime.block_on(async {
        let dns = Dns::over(servers).unwrap();
        gather(mail.as_bytes(), Intake::File, &dns, now).await
    });
    (evidence.unwrap(), began.elapsed())
}

#[track_caller]
fn proves(school: &Domain, servers: &[SocketAddr]) -> Duration {
    let (evidence, took) = look(school, servers);
    assert_eq!(
        evidence.signatures[0].outcome,
        Outcome::Holds,
        "{evidence:#?}"
    );
    took
}

#[test]
fn a_long_key_behind_an_alias_comes_over_whatever_carries_it() {
    // Microsoft's take 644 bytes; 2,000 fit into no datagram.
    for bytes in [100, 644, 2_000] {
        let (dns, school) = server(bytes);
        let two = server(bytes).0;
        proves(&school, &[address(&dns)]);
        proves(&school, &[address(&dns), address(&two)]);
        let over_tcp = dns.asked().iter().any(|asked| asked.over_tcp);
        assert_eq!(over_tcp, bytes > 1_232, "{bytes}: {:?}", dns.asked());
        assert!(dns.asked().iter().all(|asked| asked.with_edns));
    }
}

#[test]
fn a_server_that_is_dead_or_refuses_or_fails_leaves_it_to_the_next() {
    let (good, school) = server(2_000);
    for manner in [Manner::Silent, Manner::Refuses, Manner::Fails, Manner::Curt] {
        let other = server(2_000).0;
        other.behave(manner);
        proves(&school, &[address(&other), address(&good)]);
        proves(&school, &[address(&good), address(&other)]);
    }
    // Nobody listens there.
    let free = UdpSocket::bind("127.0.0.1:0").unwrap();
    let nobody = free.local_addr().unwrap();
    drop(free);
    let link_local: SocketAddr = "[fe80::1]:53".parse().unwrap();
    for dead in [nobody, link_local] {
        assert!(proves(&school, &[dead, address(&good)]) < Duration::from_secs(4));
    }
}

#[test]
fn servers_from_before_edns_are_asked_without_it() {
    for (manner, bytes) in [
        (Manner::OldFashioned, 300),
        (Manner::OldFashioned, 644),
        (Manner::Curt, 644),
    ] {
        let (dns, school) = server(bytes);
        dns.behave(manner);
        proves(&school, &[address(&dns)]);
        let over_tcp = dns.asked().iter().any(|asked| asked.over_tcp);
        assert_eq!(over_tcp, bytes > 512, "512 bytes is all without EDNS");
    }
}

#[test]
fn a_failure_is_no_answer_and_nobody_is_waited_for_longer_than_four_seconds() {
    let (dns, school) = server(644);
    for manner in [Manner::Fails, Manner::Refuses, Manner::Silent] {
        dns.behave(manner);
        let other = server(644).0;
        other.behave(manner);
        for servers in [vec![address(&dns)], vec![address(&dns), address(&other)]] {
            let (evidence, took) = look(&school, &servers);
            assert_eq!(evidence.signatures[0].outcome, Outcome::Unreachable);
            let all = evidence.dns.iter();
            assert!(
                all.clone()
                    .all(|answer| matches!(answer.answer, TxtAnswer::Unreachable(_)))
            );
            assert!(took < Duration::from_secs(6), "{manner:?}: {took:?}");
        }
    }
}

#[test]
fn every_record_at_a_name_is_seen() {
    let (dns, school) = server(100);
    let name = format!("_dmarc.{SCHOOL}");
    dns.publish_another(&name, "v=spf1 -all");
    let (evidence, _) = look(&school, &[address(&dns)]);
    let answer = evidence.dns.iter().find(|answer| answer.name == name);
    let TxtAnswer::Records(records) = &answer.unwrap().answer else {
        panic!("{:?}", evidence.dns);
    };
    assert_eq!(records.len(), 2, "{records:?}");
}
