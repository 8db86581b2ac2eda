//! TXT answers, over the system's resolver or one that the config names. Several servers are asked one
//! after the other: hickory's own way with several takes the first failure for the answer, and never
//! gets to TCP where two are asked at once (hickory-dns#3963).

use std::collections::HashSet;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use futures_util::StreamExt as _;
use futures_util::future::join_all;
use futures_util::stream::FuturesUnordered;
use hickory_resolver::config::{ConnectionConfig, NameServerConfig, ResolverConfig, ResolverOpts};
use hickory_resolver::lookup::Lookup;
use hickory_resolver::net::runtime::TokioRuntimeProvider;
use hickory_resolver::net::{DnsError, NetError};
use hickory_resolver::proto::op::ResponseCode;
use hickory_resolver::proto::rr::{Name, RData};
use hickory_resolver::system_conf::read_system_conf;
use hickory_resolver::{ResolverBuilder, TokioResolver};
use mail_auth::MessageAuthenticator;
use tokio::time::{sleep, timeout};

use crate::domain::request::evidence::{DnsAnswer, TxtAnswer};
use crate::domain::timestamp::Timestamp;

/// How long all questions of one mail may take together.
const PATIENCE: Duration = Duration::from_secs(4);
/// After how long it's asked whether everybody is silent or somebody alone, and how long that may take.
const DOUBT: Duration = Duration::from_secs(2);
/// How long a server may take with EDNS, and then once more without.
const TRY: Duration = Duration::from_millis(1_900);
/// After how long the next server is asked too.
const NEXT: Duration = Duration::from_millis(700);
/// The longest datagram that comes through everywhere (DNS Flag Day 2020).
const DATAGRAM: u16 = 1232;
/// As many servers of `resolv.conf` are asked: what the C library does (resolv.conf(5)).
const MAX_SERVERS: usize = 3;
/// A name that no sender of a mail has a hand in.
const NEUTRAL: &str = "_dmarc.onderwijstransparant.nl";

/// A resolver.
pub struct Dns {
    servers: Vec<Server>,
    /// The server that answered last is asked first.
    first: AtomicUsize,
    /// Nobody answers at all: the next mails of this run don't wait for it again.
    silent: AtomicBool,
    /// Domains whose own servers didn't answer within [`PATIENCE`]: only theirs aren't waited for again.
    /// Else one mail would keep the answers from all that come after it.
    silent_domains: Mutex<HashSet<String>>,
}

/// One name server.
struct Server {
    address: SocketAddr,
    with_edns: TokioResolver,
    /// For servers, and for firewalls before them, that don't know EDNS.
    without: TokioResolver,
}

/// A server that can't be asked.
#[derive(Debug, thiserror::Error)]
#[error("`{server}` can't be used for DNS: {why}")]
pub struct BadServer {
    server: String,
    why: String,
}

/// The resolver of which nothing is asked: only recorded answers are read through it.
pub(super) fn nobody() -> Option<MessageAuthenticator> {
    let provider = TokioRuntimeProvider::default();
    let builder = TokioResolver::builder_with_config(ResolverConfig::default(), provider);
    build(builder).ok().map(MessageAuthenticator)
}

/// Plain DNS needs no certificate; without this, a machine that has none could ask nobody.
fn build(builder: ResolverBuilder<TokioRuntimeProvider>) -> Result<TokioResolver, NetError> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let tls = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map(|builder| builder.with_root_certificates(rustls::RootCertStore::empty()));
    match tls {
        Ok(tls) => builder.with_tls_config(tls.with_no_client_auth()).build(),
        Err(_) => builder.build(),
    }
}

impl Server {
    fn at(address: SocketAddr) -> Result<Self, NetError> {
        let resolver = |edns0: bool| {
            // A datagram that is cut off is asked for over TCP.
            let connections = [ConnectionConfig::udp(), ConnectionConfig::tcp()];
            let connections = connections.map(|mut connection| {
                connection.port = address.port();
                connection
            });
            let server = NameServerConfig::new(address.ip(), true, connections.to_vec());
            let config = ResolverConfig::from_parts(None, Vec::new(), vec![server]);
            let mut options = ResolverOpts::default();
            options.timeout = TRY;
            options.attempts = 0;
            options.num_concurrent_reqs = 1;
            options.edns0 = edns0;
            options.edns_payload_len = DATAGRAM;
            let provider = TokioRuntimeProvider::default();
            build(TokioResolver::builder_with_config(config, provider).with_options(options))
        };
        Ok(Self {
            address,
            with_edns: resolver(true)?,
            without: resolver(false)?,
        })
    }

    async fn txt(&self, name: &Name) -> Result<TxtAnswer, NetError> {
        match self.with_edns.txt_lookup(name.clone()).await {
            Err(error) if may_be_edns(&error) => {
                settled(self.without.txt_lookup(name.clone()).await)
            }
            answered => settled(answered),
        }
    }
}

/// Whether asking without EDNS may help: the server says that it doesn't understand (RFC 6891 §7), says
/// so in a way that can't be read, or something on the way drops what it doesn't know.
fn may_be_edns(error: &NetError) -> bool {
    use ResponseCode::{BADVERS, FormErr, NotImp};
    match error {
        NetError::Dns(DnsError::ResponseCode(code)) => [FormErr, NotImp, BADVERS].contains(code),
        NetError::Dns(DnsError::NoRecordsFound(_)) | NetError::Io(_) => false,
        _ => true,
    }
}

/// What a server said: that there are no such records is an answer, that it failed isn't.
fn settled(answered: Result<Lookup, NetError>) -> Result<TxtAnswer, NetError> {
    let lookup = match answered {
        Ok(lookup) => lookup,
        Err(error) if error.is_no_records_found() => return Ok(TxtAnswer::Absent),
        Err(error) => return Err(error),
    };
    let records = lookup.answers().iter();
    let records: Vec<_> = records
        .filter_map(|record| match &record.data {
            RData::TXT(txt) => Some(String::from_utf8_lossy(&txt.txt_data.concat()).into_owned()),
            _ => None,
        })
        .collect();
    Ok(if records.is_empty() {
        TxtAnswer::Absent
    } else {
        TxtAnswer::Records(records)
    })
}

impl Dns {
    /// Asks `server` (`ADDRESS:PORT`), or the servers that the system names.
    pub fn new(server: Option<&str>) -> Result<Self, BadServer> {
        let bad = |why: &dyn std::fmt::Display| BadServer {
            server: server.unwrap_or("the system's resolver").to_owned(),
            why: why.to_string(),
        };
        let servers = match server {
            Some(address) => {
                let why = "it isn't an address with a port, such as 127.0.0.1:53";
                vec![address.parse().map_err(|_| bad(&why))?]
            }
            None => read_system_conf()
                .map(|(config, _)| servers_of(&config))
                .map_err(|error| bad(&error))?,
        };
        Self::over(&servers).map_err(|error| bad(&error))
    }

    /// Whom it asks, for the record.
    #[must_use]
    pub fn place(&self) -> String {
        let places = self.servers.iter().map(|server| server.address.to_string());
        places.collect::<Vec<_>>().join(", ")
    }

    /// Asks these servers, each where those before it don't answer.
    pub fn over(servers: &[SocketAddr]) -> Result<Self, NetError> {
        let servers = servers.iter().copied().map(Server::at);
        Ok(Self {
            servers: servers.collect::<Result<_, _>>()?,
            first: AtomicUsize::new(0),
            silent: AtomicBool::new(false),
            silent_domains: Mutex::default(),
        })
    }

    /// Whether somebody answers at all: that there are no such records is an answer.
    pub async fn greet(&self, now: Timestamp) -> Result<(), String> {
        let answers = self.ask(vec![NEUTRAL.into()], now).await;
        match answers.into_iter().next().map(|answer| answer.answer) {
            Some(TxtAnswer::Unreachable(why)) => Err(why),
            _ => Ok(()),
        }
    }

    /// The TXT records of every name, asked for at once.
    pub(super) async fn ask(&self, names: Vec<String>, now: Timestamp) -> Vec<DnsAnswer> {
        let ask = async |name: String| {
            let answer = self.ask_one(&name).await;
            let at = now;
            DnsAnswer { name, answer, at }
        };
        let all = join_all(names.into_iter().map(ask));
        tokio::pin!(all);
        if let Ok(answers) = timeout(DOUBT, &mut all).await {
            return answers;
        }
        let (answers, neutral) = tokio::join!(all, timeout(DOUBT, self.txt(NEUTRAL)));
        if !matches!(neutral, Ok(TxtAnswer::Records(_) | TxtAnswer::Absent)) {
            self.silent.store(true, Ordering::Relaxed);
        }
        answers
    }

    async fn ask_one(&self, name: &str) -> TxtAnswer {
        let domain = psl::domain_str(name).unwrap_or(name);
        let mut silent = self.silent.load(Ordering::Relaxed);
        if let Ok(domains) = self.silent_domains.lock() {
            silent |= domains.contains(domain);
        }
        if silent {
            return TxtAnswer::Unreachable("no answer a moment ago".into());
        }
        if let Ok(answer) = timeout(PATIENCE, self.txt(name)).await {
            return answer;
        }
        if let Ok(mut domains) = self.silent_domains.lock() {
            domains.insert(domain.to_owned());
        }
        TxtAnswer::Unreachable(format!("no answer within {} s", PATIENCE.as_secs()))
    }

    /// The TXT records of `name`: what the first server says that says anything.
    async fn txt(&self, name: &str) -> TxtAnswer {
        let Ok(mut name) = Name::from_ascii(name) else {
            return TxtAnswer::Absent;
        };
        name.set_fqdn(true);
        let first = self.first.load(Ordering::Relaxed);
        let count = self.servers.len();
        let mut waiting = (0..count).map(|turn| (first + turn) % count.max(1));
        let mut asked = FuturesUnordered::new();
        let mut failure = "there is no server to ask".to_owned();
        loop {
            let next = waiting.next();
            let is_last = next.is_none();
            if let Some(index) = next {
                let name = &name;
                asked.push(async move { (index, self.servers[index].txt(name).await) });
            } else if asked.is_empty() {
                return TxtAnswer::Unreachable(failure);
            }
            tokio::select! {
                Some((index, answered)) = asked.next() => match answered {
                    Ok(answer) => {
                        self.first.store(index, Ordering::Relaxed);
                        return answer;
                    }
                    Err(error) => failure = error.to_string(),
                },
                () = sleep(NEXT), if !is_last => {}
            }
        }
    }
}

/// The servers of the system's configuration.
fn servers_of(config: &ResolverConfig) -> Vec<SocketAddr> {
    let servers = config.name_servers().iter().take(MAX_SERVERS);
    servers
        .map(|server| {
            let port = server.connections.first().map_or(53, |one| one.port);
            SocketAddr::new(server.ip, port)
        })
        .collect()
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use hickory_resolver::system_conf::parse_resolv_conf;

    use super::*;

    #[test]
    fn the_first_three_servers_of_resolv_conf_are_asked() {
        let text = "search school.nl\nnameserver 192.0.2.1\nnameserver 2001:db8::1\nnameserver fe80::1%eth0\n\
                    nameserver 192.0.2.4\noptions timeout:1 attempts:9\n";
        let (config, _) = parse_resolv_conf(text).unwrap();
        let servers = servers_of(&config).into_iter().map(|one| one.to_string());
        let expected = ["192.0.2.1:53", "[2001:db8::1]:53", "[fe80::1]:53"];
        assert_eq!(servers.collect::<Vec<_>>(), expected);
    }
}
