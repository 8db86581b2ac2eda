//! A DNS server of TXT records and aliases, over UDP and TCP: what is too long for a datagram is cut
//! off and asked for again over TCP, as everywhere. It can be told to misbehave.

use std::collections::HashMap;
use std::io;
use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream, UdpSocket};
use std::sync::{Arc, PoisonError, RwLock};
use std::thread;

use hickory_resolver::proto::op::{Edns, Message, Query, ResponseCode};
use hickory_resolver::proto::rr::rdata::{CNAME, TXT};
use hickory_resolver::proto::rr::{Name, RData, Record};

/// The longest datagram where the question doesn't say how long one may be (RFC 1035 §2.3.4).
const DATAGRAM: u16 = 512;
/// The longest datagram whatever the question says: longer ones are lost on their way.
const LARGEST: u16 = 1232;
/// How many aliases are followed.
const HOPS: usize = 8;

/// How a server answers every question.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Manner {
    /// As it should.
    #[default]
    Sound,
    /// SERVFAIL, as a resolver that can't reach anybody.
    Fails,
    /// REFUSED, as one that isn't there for this asker.
    Refuses,
    /// FORMERR to a question with EDNS, as servers from before it; others are answered.
    OldFashioned,
    /// The same, with nothing in the answer but its header.
    Curt,
    /// Not at all.
    Silent,
}

/// What somebody asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// The name, in small letters, without the dot at its end.
    pub name: String,
    /// Over TCP, not UDP.
    pub over_tcp: bool,
    /// With EDNS (RFC 6891).
    pub with_edns: bool,
}

#[derive(Debug, Default)]
struct Known {
    records: HashMap<String, Vec<String>>,
    aliases: HashMap<String, String>,
    /// Domains of which nothing is said.
    silent: Vec<String>,
    manner: Manner,
    asked: Vec<Asked>,
}

/// The server. It answers until the process ends.
#[derive(Debug)]
pub struct DnsServer {
    /// `ADDRESS:PORT`.
    pub address: String,
    known: Arc<RwLock<Known>>,
}

impl DnsServer {
    /// Starts one on a port that is free for UDP and TCP.
    pub fn start() -> io::Result<Self> {
        let mut tries = 0;
        let (socket, listener) = loop {
            let socket = UdpSocket::bind("127.0.0.1:0")?;
            match TcpListener::bind(socket.local_addr()?) {
                Ok(listener) => break (socket, listener),
                Err(error) if tries == 20 => return Err(error),
                Err(_) => tries += 1,
            }
        };
        let address = socket.local_addr()?.to_string();
        let known = Arc::<RwLock<Known>>::default();
        let by_datagram = Arc::clone(&known);
        thread::spawn(move || {
            let mut buffer = [0; 4096];
            while let Ok((length, peer)) = socket.recv_from(&mut buffer) {
                if let Some(answer) = reply(&buffer[..length], false, &by_datagram) {
                    // Who asked may be gone.
                    let _ = socket.send_to(&answer, peer);
                }
            }
        });
        let by_stream = Arc::clone(&known);
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let known = Arc::clone(&by_stream);
                // Who hangs up ends the own conversation.
                thread::spawn(move || converse(stream, &known));
            }
        });
        Ok(Self { address, known })
    }

    /// Puts a TXT record at `name`, in place of those there.
    pub fn publish(&self, name: &str, text: &str) {
        let text = vec![text.to_owned()];
        self.learn(|known| known.records.insert(name.to_lowercase(), text));
    }

    /// Puts one more TXT record at `name`.
    pub fn publish_another(&self, name: &str, text: &str) {
        let (name, text) = (name.to_lowercase(), text.to_owned());
        self.learn(|known| known.records.entry(name).or_default().push(text));
    }

    /// Makes `name` an alias (CNAME) of `target`.
    pub fn alias(&self, name: &str, target: &str) {
        self.learn(|known| {
            known
                .aliases
                .insert(name.to_lowercase(), target.to_lowercase())
        });
    }

    /// From now on gives no answer about `domain` and what is below it.
    pub fn say_nothing_about(&self, domain: &str) {
        self.learn(|known| known.silent.push(domain.to_owned()));
    }

    /// From now on answers in this manner.
    pub fn behave(&self, manner: Manner) {
        self.learn(|known| known.manner = manner);
    }

    /// What was asked so far.
    #[must_use]
    pub fn asked(&self) -> Vec<Asked> {
        let known = self.known.read().unwrap_or_else(PoisonError::into_inner);
        known.asked.clone()
    }

    fn learn<T>(&self, what: impl FnOnce(&mut Known) -> T) {
        what(&mut self.known.write().unwrap_or_else(PoisonError::into_inner));
    }
}

/// Questions and answers over TCP, each after its length (RFC 1035 §4.2.2).
fn converse(mut stream: TcpStream, known: &RwLock<Known>) -> io::Result<()> {
    loop {
        let mut length = [0; 2];
        stream.read_exact(&mut length)?;
        let mut question = vec![0; usize::from(u16::from_be_bytes(length))];
        stream.read_exact(&mut question)?;
        if let Some(answer) = reply(&question, true, known) {
            let length = u16::try_from(answer.len()).map_err(io::Error::other)?;
            stream.write_all(&[&length.to_be_bytes(), answer.as_slice()].concat())?;
        }
    }
}

/// The bytes of an answer, where there is one.
fn reply(question: &[u8], over_tcp: bool, known: &RwLock<Known>) -> Option<Vec<u8>> {
    let question = Message::from_vec(question).ok()?;
    let mut known = known.write().unwrap_or_else(PoisonError::into_inner);
    for query in &question.queries {
        known.asked.push(Asked {
            name: plain(query.name()),
            over_tcp,
            with_edns: question.edns.is_some(),
        });
    }
    let answer = answer(&question, &known)?;
    let bytes = answer.to_vec().ok()?;
    let offered = question.edns.as_ref().map(Edns::max_payload);
    let most = offered.unwrap_or(DATAGRAM).clamp(DATAGRAM, LARGEST);
    if over_tcp || bytes.len() <= usize::from(most) {
        return Some(bytes);
    }
    let mut cut = answer;
    cut.answers.clear();
    cut.metadata.truncation = true;
    cut.to_vec().ok()
}

fn answer(question: &Message, known: &Known) -> Option<Message> {
    let mut answer = Message::response(question.metadata.id, question.metadata.op_code);
    let failure = match known.manner {
        Manner::Silent => return None,
        Manner::Fails => Some(ResponseCode::ServFail),
        Manner::Refuses => Some(ResponseCode::Refused),
        Manner::OldFashioned | Manner::Curt if question.edns.is_some() => {
            Some(ResponseCode::FormErr)
        }
        Manner::Sound | Manner::OldFashioned | Manner::Curt => None,
    };
    if let Some(code) = failure {
        answer.metadata.response_code = code;
        if known.manner != Manner::Curt {
            answer.queries.clone_from(&question.queries);
        }
        return Some(answer);
    }
    if question.edns.is_some() {
        let mut edns = Edns::new();
        edns.set_max_payload(LARGEST);
        answer.edns = Some(edns);
    }
    for query in &question.queries {
        answer.add_query(query.clone());
        let name = plain(query.name());
        if known.silent.iter().any(|domain| name.ends_with(domain)) {
            return None;
        }
        look_up(query, known, &mut answer);
    }
    Some(answer)
}

/// The aliases that `query` names, one by one, and the records at the end of them.
fn look_up(query: &Query, known: &Known, answer: &mut Message) {
    let mut at = query.name().clone();
    for _ in 0..HOPS {
        let Some(target) = known.aliases.get(&plain(&at)) else {
            break;
        };
        let Ok(mut target) = Name::from_ascii(target) else {
            return;
        };
        target.set_fqdn(true);
        let alias = RData::CNAME(CNAME(target.clone()));
        answer.add_answer(Record::from_rdata(at, 1, alias));
        at = target;
    }
    let Some(texts) = known.records.get(&plain(&at)) else {
        answer.metadata.response_code = ResponseCode::NXDomain;
        return;
    };
    for text in texts {
        // A string in a TXT record holds at most 255 bytes (RFC 1035 §3.3).
        let parts = text.as_bytes().chunks(200);
        let parts = parts.map(|part| String::from_utf8_lossy(part).into_owned());
        let data = RData::TXT(TXT::new(parts.collect()));
        answer.add_answer(Record::from_rdata(at.clone(), 1, data));
    }
}

fn plain(name: &Name) -> String {
    let name = name.to_ascii().to_lowercase();
    name.trim_end_matches('.').to_owned()
}
