//! TXT answers, over the system's resolver or one that the config names.

use std::collections::HashSet;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use futures_util::future::join_all;
use hickory_resolver::config::{ConnectionConfig, NameServerConfig, ResolverConfig, ResolverOpts};
use hickory_resolver::net::runtime::TokioRuntimeProvider;
use hickory_resolver::proto::rr::{Name, RData};
use hickory_resolver::{ResolverBuilder, TokioResolver};
use mail_auth::MessageAuthenticator;
use tokio::time::timeout;

use crate::domain::evidence::{DnsAnswer, TxtAnswer};
use crate::domain::timestamp::Timestamp;

/// How long all questions of one mail may take together.
const PATIENCE: Duration = Duration::from_secs(4);
/// After how long it's asked whether everybody is silent or somebody alone, and how long that may take.
const DOUBT: Duration = Duration::from_secs(2);
/// A name that no sender of a mail has a hand in.
const NEUTRAL: &str = "_dmarc.onderwijstransparant.nl";

/// A resolver.
pub struct Dns {
    resolver: TokioResolver,
    /// Nobody answers at all: the next mails of this run don't wait for it again.
    silent: AtomicBool,
    /// Domains whose own servers didn't answer within [`PATIENCE`]: only theirs aren't waited for again.
    /// Else one mail would keep the answers from all that come after it.
    silent_domains: Mutex<HashSet<String>>,
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
fn build(
    builder: ResolverBuilder<TokioRuntimeProvider>,
) -> Result<TokioResolver, hickory_resolver::net::NetError> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let tls = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map(|builder| builder.with_root_certificates(rustls::RootCertStore::empty()));
    match tls {
        Ok(tls) => builder.with_tls_config(tls.with_no_client_auth()).build(),
        Err(_) => builder.build(),
    }
}

impl Dns {
    /// Asks `server` (`ADDRESS:PORT`), or the system's resolver.
    pub fn new(server: Option<&str>) -> Result<Self, BadServer> {
        let bad = |why: &dyn std::fmt::Display| BadServer {
            server: server.unwrap_or("the system's resolver").to_owned(),
            why: why.to_string(),
        };
        let Some(address) = server else {
            let builder = TokioResolver::builder_tokio().map_err(|error| bad(&error))?;
            return build(builder).map(Self::over).map_err(|error| bad(&error));
        };
        let address: SocketAddr = address
            .parse()
            .map_err(|_| bad(&"it isn't an address with a port, such as 127.0.0.1:53"))?;
        let connections = [ConnectionConfig::udp(), ConnectionConfig::tcp()]
            .map(|mut connection| {
                connection.port = address.port();
                connection
            })
            .to_vec();
        let server_config = NameServerConfig::new(address.ip(), true, connections);
        let config = ResolverConfig::from_parts(None, Vec::new(), vec![server_config]);
        let mut options = ResolverOpts::default();
        options.timeout = Duration::from_millis(1_500);
        options.attempts = 2;
        let builder = TokioResolver::builder_with_config(config, TokioRuntimeProvider::default());
        let resolver = build(builder.with_options(options));
        resolver.map(Self::over).map_err(|error| bad(&error))
    }

    fn over(resolver: TokioResolver) -> Self {
        Self {
            resolver,
            silent: AtomicBool::new(false),
            silent_domains: Mutex::default(),
        }
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

    /// The TXT records of `name`.
    async fn txt(&self, name: &str) -> TxtAnswer {
        let Ok(mut fqdn) = Name::from_ascii(name) else {
            return TxtAnswer::Absent;
        };
        fqdn.set_fqdn(true);
        match self.resolver.txt_lookup(fqdn).await {
            Ok(lookup) => {
                let records: Vec<_> = lookup
                    .answers()
                    .iter()
                    .filter_map(|record| match &record.data {
                        RData::TXT(txt) => {
                            Some(String::from_utf8_lossy(&txt.txt_data.concat()).into_owned())
                        }
                        _ => None,
                    })
                    .collect();
                if records.is_empty() {
                    TxtAnswer::Absent
                } else {
                    TxtAnswer::Records(records)
                }
            }
            Err(error) if error.is_no_records_found() || error.is_nx_domain() => TxtAnswer::Absent,
            Err(error) => TxtAnswer::Unreachable(error.to_string()),
        }
    }
}
