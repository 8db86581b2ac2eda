//! A DNS server of TXT records, over UDP.

use std::collections::HashMap;
use std::io;
use std::net::UdpSocket;
use std::sync::{Arc, PoisonError, RwLock};
use std::thread;

use hickory_resolver::proto::op::{Message, ResponseCode};
use hickory_resolver::proto::rr::rdata::TXT;
use hickory_resolver::proto::rr::{RData, Record};

type Records = HashMap<String, String>;

/// The server. It answers until the process ends.
#[derive(Debug)]
pub struct DnsServer {
    /// `ADDRESS:PORT`.
    pub address: String,
    records: Arc<RwLock<Records>>,
}

impl DnsServer {
    /// Starts one on a free port.
    pub fn start() -> io::Result<Self> {
        let socket = UdpSocket::bind("127.0.0.1:0")?;
        let address = socket.local_addr()?.to_string();
        let records = Arc::<RwLock<Records>>::default();
        let known = Arc::clone(&records);
        thread::spawn(move || {
            let mut buffer = [0; 4096];
            while let Ok((length, peer)) = socket.recv_from(&mut buffer) {
                let Ok(question) = Message::from_vec(&buffer[..length]) else {
                    continue;
                };
                let known = known.read().unwrap_or_else(PoisonError::into_inner);
                if let Ok(answer) = answer(&question, &known).to_vec() {
                    // Who asked may be gone.
                    let _ = socket.send_to(&answer, peer);
                }
            }
        });
        Ok(Self { address, records })
    }

    /// Puts a TXT record at `name`, in place of the one there.
    pub fn publish(&self, name: &str, text: &str) {
        let mut records = self.records.write().unwrap_or_else(PoisonError::into_inner);
        records.insert(name.to_owned(), text.to_owned());
    }
}

fn answer(question: &Message, records: &Records) -> Message {
    let mut answer = Message::response(question.metadata.id, question.metadata.op_code);
    for query in &question.queries {
        answer.add_query(query.clone());
        let name = query.name().to_ascii().to_lowercase();
        let Some(text) = records.get(name.trim_end_matches('.')) else {
            answer.metadata.response_code = ResponseCode::NXDomain;
            continue;
        };
        // A string in a TXT record holds at most 255 bytes (RFC 1035 §3.3).
        let parts = text.as_bytes().chunks(200);
        let parts = parts.map(|part| String::from_utf8_lossy(part).into_owned());
        let data = RData::TXT(TXT::new(parts.collect()));
        answer.add_answer(Record::from_rdata(query.name().clone(), 1, data));
    }
    answer
}
