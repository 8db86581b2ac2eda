//! A DNS server of TXT records, over UDP.

use std::collections::HashMap;
use std::io;
use std::net::UdpSocket;
use std::sync::{Arc, PoisonError, RwLock};
use std::thread;

use hickory_resolver::proto::op::{Message, ResponseCode};
use hickory_resolver::proto::rr::rdata::TXT;
use hickory_resolver::proto::rr::{RData, Record};

#[derive(Debug, Default)]
struct Known {
    records: HashMap<String, String>,
    /// Domains of which nothing is said.
    silent: Vec<String>,
}

/// The server. It answers until the process ends.
#[derive(Debug)]
pub struct DnsServer {
    /// `ADDRESS:PORT`.
    pub address: String,
    known: Arc<RwLock<Known>>,
}

impl DnsServer {
    /// Starts one on a free port.
    pub fn start() -> io::Result<Self> {
        let socket = UdpSocket::bind("127.0.0.1:0")?;
        let address = socket.local_addr()?.to_string();
        let server_knows = Arc::<RwLock<Known>>::default();
        let known = Arc::clone(&server_knows);
        thread::spawn(move || {
            let mut buffer = [0; 4096];
            while let Ok((length, peer)) = socket.recv_from(&mut buffer) {
                let Ok(question) = Message::from_vec(&buffer[..length]) else {
                    continue;
                };
                let known = known.read().unwrap_or_else(PoisonError::into_inner);
                let answer = answer(&question, &known).map(|answer| answer.to_vec());
                if let Some(Ok(answer)) = answer {
                    // Who asked may be gone.
                    let _ = socket.send_to(&answer, peer);
                }
            }
        });
        Ok(Self {
            address,
            known: server_knows,
        })
    }

    /// Puts a TXT record at `name`, in place of the one there.
    pub fn publish(&self, name: &str, text: &str) {
        let mut known = self.known.write().unwrap_or_else(PoisonError::into_inner);
        known.records.insert(name.to_owned(), text.to_owned());
    }

    /// From now on gives no answer about `domain` and what is below it.
    pub fn say_nothing_about(&self, domain: &str) {
        let mut known = self.known.write().unwrap_or_else(PoisonError::into_inner);
        known.silent.push(domain.to_owned());
    }
}

fn answer(question: &Message, known: &Known) -> Option<Message> {
    let mut answer = Message::response(question.metadata.id, question.metadata.op_code);
    for query in &question.queries {
        answer.add_query(query.clone());
        let name = query.name().to_ascii().to_lowercase();
        let name = name.trim_end_matches('.');
        if known
            .silent
            .iter()
            .any(|domain| name.ends_with(domain.as_str()))
        {
            return None;
        }
        let Some(text) = known.records.get(name) else {
            answer.metadata.response_code = ResponseCode::NXDomain;
            continue;
        };
        // A string in a TXT record holds at most 255 bytes (RFC 1035 §3.3).
        let parts = text.as_bytes().chunks(200);
        let parts = parts.map(|part| String::from_utf8_lossy(part).into_owned());
        let data = RData::TXT(TXT::new(parts.collect()));
        answer.add_answer(Record::from_rdata(query.name().clone(), 1, data));
    }
    Some(answer)
}
