//! TXT answers, over the system's resolver or one that the config names.

use std::net::SocketAddr;
use std::time::Duration;

use hickory_resolver::TokioResolver;
use hickory_resolver::config::{ConnectionConfig, NameServerConfig, ResolverConfig, ResolverOpts};
use hickory_resolver::proto::rr::{Name, RData};
use mail_auth::MessageAuthenticator;

use crate::domain::evidence::TxtAnswer;

/// A resolver.
pub struct Dns(TokioResolver);

/// A server that can't be asked.
#[derive(Debug, thiserror::Error)]
#[error("`{0}` is no DNS server: an address with a port, such as 127.0.0.1:53")]
pub struct BadServer(String);

impl Dns {
    /// Asks `server` (`ADDRESS:PORT`), or the system's resolver.
    pub fn new(server: Option<&str>) -> Result<Self, BadServer> {
        let bad = |text: &str| BadServer(text.to_owned());
        let Some(server) = server else {
            let system = MessageAuthenticator::new_system_conf();
            return system
                .map(|system| Self(system.0))
                .map_err(|error| bad(&error.to_string()));
        };
        let address: SocketAddr = server.parse().map_err(|_| bad(server))?;
        let connections = [ConnectionConfig::udp(), ConnectionConfig::tcp()]
            .map(|mut connection| {
                connection.port = address.port();
                connection
            })
            .to_vec();
        let server_config = NameServerConfig::new(address.ip(), true, connections);
        let config = ResolverConfig::from_parts(None, Vec::new(), vec![server_config]);
        let mut options = ResolverOpts::default();
        options.timeout = Duration::from_secs(3);
        options.attempts = 2;
        let resolver = MessageAuthenticator::new(config, options);
        resolver
            .map(|resolver| Self(resolver.0))
            .map_err(|_| bad(server))
    }

    /// The TXT records of `name`.
    pub(super) async fn txt(&self, name: &str) -> TxtAnswer {
        let Ok(mut fqdn) = Name::from_ascii(name) else {
            return TxtAnswer::Absent;
        };
        fqdn.set_fqdn(true);
        match self.0.txt_lookup(fqdn).await {
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
