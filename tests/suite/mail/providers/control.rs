//! Whether the mails that are built hold, by another than the builder: mail-auth, straight, past Balie.

use std::net::SocketAddr;
use std::sync::Arc;

use hickory_resolver::TokioResolver;
use hickory_resolver::config::{ConnectionConfig, NameServerConfig, ResolverConfig};
use hickory_resolver::net::runtime::TokioRuntimeProvider;
use mail_auth::{AuthenticatedMessage, DkimResult, MessageAuthenticator, Parameters};

use super::mail::Mail;

/// What mail-auth says of a mail.
#[derive(Debug)]
pub(super) struct Held {
    /// The domains whose signature holds, from the top down.
    pub(super) by: Vec<String>,
    /// The signatures that don't, and why.
    pub(super) broken: Vec<String>,
    /// Whether the ARC chain holds; `None`: there is none.
    pub(super) arc: Option<bool>,
}

pub(super) fn held(mail: &Mail, dns: &str) -> Held {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let message = AuthenticatedMessage::parse(mail.0.as_bytes()).unwrap();
    runtime.block_on(async {
        let authenticator = authenticator(dns);
        let (mut by, mut broken) = (Vec::new(), Vec::new());
        for output in authenticator.verify_dkim(Parameters::new(&message)).await {
            let domain = output.signature().map(|signature| signature.d.clone());
            match output.result() {
                DkimResult::Pass => by.push(domain.unwrap_or_default()),
                other => broken.push(format!("{domain:?}: {other:?}")),
            }
        }
        let arc = authenticator.verify_arc(Parameters::new(&message)).await;
        let arc = match arc.result() {
            DkimResult::None => None,
            other => Some(matches!(other, DkimResult::Pass)),
        };
        Held { by, broken, arc }
    })
}

fn authenticator(dns: &str) -> MessageAuthenticator {
    let address: SocketAddr = dns.parse().unwrap();
    let mut connection = ConnectionConfig::udp();
    connection.port = address.port();
    let server = NameServerConfig::new(address.ip(), true, vec![connection]);
    let config = ResolverConfig::from_parts(None, Vec::new(), vec![server]);
    // Plain DNS needs no certificates; without this the machine's are looked for.
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let tls = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(rustls::RootCertStore::empty())
        .with_no_client_auth();
    let builder = TokioResolver::builder_with_config(config, TokioRuntimeProvider::default());
    MessageAuthenticator(builder.with_tls_config(tls).build().unwrap())
}
