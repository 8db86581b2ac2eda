//! The way to a mail server: each of its addresses in turn, then TLS under a certificate that this
//! machine trusts.

use std::io;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use rustls::pki_types::ServerName;
use rustls::{ClientConfig, RootCertStore};
use tokio::net::{TcpStream, lookup_host};
use tokio::time::timeout;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;

/// How long one address may take: a dead one doesn't use up the time of those after it.
const ADDRESS: Duration = Duration::from_secs(5);

/// Connects to the first address that takes it.
pub(super) async fn dial(host: &str, port: u16) -> io::Result<TcpStream> {
    let mut last = io::Error::new(io::ErrorKind::NotFound, "it has no address");
    for address in addresses(host, port).await? {
        match timeout(ADDRESS, TcpStream::connect(address)).await {
            // A mail's text and the dot at its end are two writes: the second would wait until the server says that it has
            // the first, which it puts off (40 ms a mail).
            Ok(Ok(stream)) => return stream.set_nodelay(true).map(|()| stream),
            Ok(Err(error)) => last = error,
            Err(_) => {
                let text = format!("{address} doesn't answer within {} s", ADDRESS.as_secs());
                last = io::Error::new(io::ErrorKind::TimedOut, text);
            }
        }
    }
    Err(last)
}

/// The addresses of that very name first: else variables of whoever runs this (`LOCALDOMAIN`, `RES_OPTIONS`) could have
/// the system's resolver look in a domain of theirs. Only what isn't in DNS at all is looked up as it stands.
async fn addresses(host: &str, port: u16) -> io::Result<Vec<SocketAddr>> {
    let is_whole = host.contains('.') && !host.ends_with('.') && host.parse::<IpAddr>().is_err();
    if is_whole && let Ok(found) = lookup_host((format!("{host}."), port)).await {
        return Ok(found.collect());
    }
    Ok(lookup_host((host, port)).await?.collect())
}

/// Encrypts, with whom the certificate says that it's `host`.
pub(super) async fn encrypt(stream: TcpStream, host: &str) -> io::Result<TlsStream<TcpStream>> {
    let mut roots = RootCertStore::empty();
    roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(io::Error::other)?
        .with_root_certificates(roots)
        .with_no_client_auth();
    let name = ServerName::try_from(host.to_owned()).map_err(io::Error::other)?;
    TlsConnector::from(Arc::new(config))
        .connect(name, stream)
        .await
}
