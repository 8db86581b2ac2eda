//! What each provider's servers make of a letter: their fields, their signatures, their seals. The lists of
//! signed fields are those that real mails of these providers bear.

use super::letter::Letter;
use super::mail::Mail;
use super::post::Post;
use super::signer::{Form, Key, Seal, Signing};

pub(super) const DOMAIN: &str = "beatrixschool.nl";
pub(super) const TENANT: &str = "stichtingdevecht.onmicrosoft.com";
pub(super) const GAPPS: &str = "beatrixschool-nl.20230601.gappssmtp.com";
/// Signed by every Microsoft server, in this order and case.
pub(super) const MICROSOFT: &str =
    "From:Date:Subject:Message-ID:Content-Type:MIME-Version:X-MS-Exchange-SenderADCheck";
const MICROSOFT_SEAL: &str = "From:Date:Subject:Message-ID:Content-Type:MIME-Version:X-MS-Exchange-AntiSpam-MessageData-ChunkCount:X-MS-Exchange-AntiSpam-MessageData-0:X-MS-Exchange-AntiSpam-MessageData-1";
/// Google lists what the mail has, then this.
const GOOGLE_TAIL: &str = "from:to:cc:subject:date:message-id:reply-to";

/// The selectors, with the key behind each.
pub(super) const KEYS: [(&str, &str, Key); 20] = [
    ("selector1", DOMAIN, Key::School),
    (
        "selector1-stichtingdevecht-onmicrosoft-com",
        TENANT,
        Key::Microsoft,
    ),
    ("arcselector10001", "microsoft.com", Key::Microsoft),
    ("selector1", "outlook.com", Key::Microsoft),
    ("google", DOMAIN, Key::School),
    ("20230601", GAPPS, Key::Google),
    ("20230601", "gmail.com", Key::Google),
    ("arc-20240605", "google.com", Key::Google),
    ("zmail", DOMAIN, Key::School),
    ("protonmail", DOMAIN, Key::School),
    ("sig1", DOMAIN, Key::School),
    ("fm3", DOMAIN, Key::School),
    ("fm1", "messagingengine.com", Key::Stranger),
    ("transip-a", DOMAIN, Key::School),
    ("kpnmail01", "kpnmail.nl", Key::Stranger),
    ("mimecast20240101", DOMAIN, Key::School),
    ("pp1", DOMAIN, Key::School),
    ("google", "devecht.nl", Key::School),
    ("mail", "post.beatrixschool.nl", Key::School),
    ("evil", "evil.example", Key::Stranger),
];

/// Who carries the letter out of the house.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Provider {
    /// Microsoft 365, the school's own domain signs.
    Microsoft,
    /// Microsoft 365 as it comes: the tenant's name signs.
    MicrosoftTenant,
    OutlookCom,
    /// Google Workspace with a key of the school's.
    Workspace,
    /// Google Workspace as it comes.
    Gappssmtp,
    Gmail,
    Zoho,
    Proton,
    ICloud,
    Fastmail,
    TransIp,
    Kpn,
    Mimecast,
    Proofpoint,
}

impl Provider {
    pub(super) const ALL: [Self; 14] = [
        Self::Microsoft,
        Self::MicrosoftTenant,
        Self::OutlookCom,
        Self::Workspace,
        Self::Gappssmtp,
        Self::Gmail,
        Self::Zoho,
        Self::Proton,
        Self::ICloud,
        Self::Fastmail,
        Self::TransIp,
        Self::Kpn,
        Self::Mimecast,
        Self::Proofpoint,
    ];

    pub(super) fn sends(self, post: &Post, letter: &Letter) -> Mail {
        match self {
            Self::Microsoft => sealed_inside(&microsoft_unsealed(letter)),
            Self::MicrosoftTenant => seal(
                &tenant_unsealed(letter),
                &results(DOMAIN, "dkim=pass header.d=beatrixschool.nl"),
            ),
            Self::OutlookCom => seal(
                &signed(
                    &microsoft_fields(letter),
                    Key::Microsoft,
                    "v=1; a=rsa-sha256; c=relaxed/relaxed; d=outlook.com;\r\n s=selector1;",
                    MICROSOFT,
                ),
                "mx.microsoft.com 1; spf=none; dmarc=none; dkim=none; arc=none",
            ),
            Self::Workspace => google(post, letter, DOMAIN, "google", Key::School, ""),
            Self::Gappssmtp => google(post, letter, GAPPS, "20230601", Key::Google, ""),
            Self::Gmail => google(post, letter, "gmail.com", "20230601", Key::Google, ""),
            Self::Zoho => signed(
                &plain_fields(letter),
                Key::School,
                &format!(
                    "v=1; a=rsa-sha256; q=dns/txt; c=relaxed/relaxed; t={};\r\n s=zmail; d={DOMAIN}; i=d.visser@{DOMAIN};",
                    post.seconds()
                ),
                "Message-ID:Date:Date:MIME-Version:Subject:Subject:To:To:Cc:Cc:References:From:From:In-Reply-To:Content-Type:Content-Transfer-Encoding:Message-Id:Reply-To",
            ),
            Self::Proton => signed(
                &plain_fields(letter),
                Key::School,
                &format!(
                    "v=1; a=rsa-sha256; c=relaxed/relaxed; d={DOMAIN};\r\n s=protonmail; t={}; x={};",
                    post.seconds(),
                    post.seconds() + 3 * 86_400
                ),
                "Date:To:From:Cc:Subject:Message-ID:In-Reply-To:References:Feedback-ID:From:To:Cc:Date:Subject:Reply-To:Feedback-ID:Message-ID:BIMI-Selector",
            ),
            Self::ICloud => signed(
                &plain_fields(letter),
                Key::School,
                &format!(
                    "v=1; a=rsa-sha256; c=relaxed/relaxed; d={DOMAIN};\r\n s=sig1; t={};",
                    post.seconds()
                ),
                "from:content-type:mime-version:subject:date:message-id:to",
            ),
            Self::Fastmail => fastmail(post, letter),
            Self::TransIp => signed(
                &plain_fields(letter),
                Key::School,
                &format!(
                    "a=rsa-sha256; t={}; s=transip-a;\r\n d={DOMAIN}; v=1; c=relaxed/relaxed;",
                    post.seconds()
                ),
                "From:Subject:To:Cc:References:In-Reply-To:Date:MIME-Version:Content-Type",
            ),
            Self::Kpn => signed(
                &plain_fields(letter),
                Key::Stranger,
                "v=1; a=rsa-sha256; c=relaxed/relaxed; d=kpnmail.nl;\r\n s=kpnmail01;",
                "content-type:mime-version:message-id:date:from:to:subject",
            ),
            Self::Mimecast => signed(
                &plain_fields(letter),
                Key::School,
                &format!(
                    "v=1; a=rsa-sha256; c=relaxed/relaxed; d={DOMAIN};\r\n s=mimecast20240101; t={};",
                    post.seconds()
                ),
                "from:from:reply-to:reply-to:subject:subject:date:date:message-id:message-id:to:to:cc:cc:mime-version:mime-version:content-type:content-type:content-transfer-encoding:content-transfer-encoding:in-reply-to:in-reply-to:references:references",
            ),
            Self::Proofpoint => {
                let mail = plain_fields(letter);
                let fields = present(
                    &mail,
                    "cc:content-transfer-encoding:content-type:date:from:in-reply-to:message-id:mime-version:references:subject:to",
                );
                signed(
                    &mail,
                    Key::School,
                    &format!("v=1; a=rsa-sha256; c=relaxed/relaxed; d={DOMAIN};\r\n s=pp1;"),
                    &fields,
                )
            }
        }
    }
}

/// Those of the list that the mail has.
fn present(mail: &Mail, fields: &str) -> String {
    let present = fields.split(':').filter(|name| mail.has(name));
    present.collect::<Vec<_>>().join(":")
}

fn lines(fields: &[(&str, &str)], body: &str) -> Mail {
    let lines = fields
        .iter()
        .map(|(name, value)| format!("{name}: {value}"));
    let header = lines.collect::<Vec<_>>().join("\r\n");
    Mail(format!("{header}\r\n\r\n{body}"))
}

/// Before any server: the fields of a mail program.
pub(super) fn plain_fields(letter: &Letter) -> Mail {
    let written = letter.written();
    let mut fields = vec![
        ("Message-ID", letter.message_id.as_str()),
        ("Date", &letter.date),
        ("MIME-Version", "1.0"),
        ("From", &letter.from),
        ("To", &letter.to),
    ];
    fields.extend(
        letter
            .more
            .iter()
            .map(|(name, value)| (*name, value.as_str())),
    );
    fields.push(("Subject", &letter.subject));
    fields.push(("Content-Type", &written.content_type));
    fields.extend(
        written
            .encoding
            .map(|encoding| ("Content-Transfer-Encoding", encoding)),
    );
    lines(&fields, &written.body)
}

/// As Exchange Online hands it to its signer.
pub(super) fn microsoft_fields(letter: &Letter) -> Mail {
    let written = letter.written();
    let mut fields = vec![("From", letter.from.as_str()), ("To", &letter.to)];
    fields.extend(
        letter
            .more
            .iter()
            .map(|(name, value)| (*name, value.as_str())),
    );
    let topic = letter.subject.trim_start_matches("RE: ");
    fields.extend([
        ("Subject", letter.subject.as_str()),
        ("Thread-Topic", topic),
        ("Thread-Index", "AdyyW1mC8o3x0Q0XT3q0lJtQm3Yg2w=="),
        ("Date", &letter.date),
        ("Message-ID", &letter.message_id),
        ("Accept-Language", "nl-NL, en-US"),
        ("Content-Language", "nl-NL"),
        ("X-MS-Has-Attach", ""),
        ("X-MS-TNEF-Correlator", ""),
        ("x-ms-publictraffictype", "Email"),
        ("x-ms-exchange-senderadcheck", "1"),
        ("x-ms-exchange-antispam-relay", "0"),
        ("x-ms-exchange-antispam-messagedata-chunkcount", "1"),
        (
            "x-ms-exchange-antispam-messagedata-0",
            "kT1yQm9vdHMgYW5kIGNhdHM=",
        ),
        ("Content-Type", &written.content_type),
    ]);
    fields.extend(
        written
            .encoding
            .map(|encoding| ("Content-Transfer-Encoding", encoding)),
    );
    fields.push(("MIME-Version", "1.0"));
    lines(&fields, &written.body)
}

/// Relaxed on both sides, as everywhere.
pub(super) fn signed(mail: &Mail, key: Key, tags: &str, fields: &str) -> Mail {
    let signing = Signing {
        key,
        tags: tags.to_owned(),
        fields,
        header: Form::Relaxed,
        body: Form::Relaxed,
    };
    mail.on_top(&signing.sign("DKIM-Signature", mail))
}

/// The school's own domain at Microsoft, without the seal.
pub(super) fn microsoft_unsealed(letter: &Letter) -> Mail {
    let tags = format!("v=1; a=rsa-sha256; c=relaxed/relaxed; d={DOMAIN};\r\n s=selector1;");
    signed(&microsoft_fields(letter), Key::School, &tags, MICROSOFT)
}

pub(super) fn tenant_unsealed(letter: &Letter) -> Mail {
    let tags = format!(
        "v=1; a=rsa-sha256; c=relaxed/relaxed;\r\n d={TENANT}; s=selector1-stichtingdevecht-onmicrosoft-com;"
    );
    signed(&microsoft_fields(letter), Key::Microsoft, &tags, MICROSOFT)
}

/// What Microsoft's results say of a mail with that From domain.
pub(super) fn results(domain: &str, dkim: &str) -> String {
    format!(
        "mx.microsoft.com 1; spf=pass\r\n smtp.mailfrom={domain}; dmarc=pass action=none\r\n header.from={domain}; {dkim}; arc=none"
    )
}

/// Microsoft's first seal, with these results.
pub(super) fn seal(mail: &Mail, results: &str) -> Mail {
    Seal {
        key: Key::Microsoft,
        domain: "microsoft.com",
        selector: "arcselector10001",
        instance: 1,
        fields: MICROSOFT_SEAL,
        results,
    }
    .seal(mail)
}

/// The seal of a mail that was written inside the school's tenant.
pub(super) fn sealed_inside(mail: &Mail) -> Mail {
    seal(
        mail,
        &results(DOMAIN, "dkim=pass header.d=beatrixschool.nl"),
    )
}

/// Google's seal on what comes in, over the sets that are there.
pub(super) fn sealed_by_google(mail: &Mail, instance: u32) -> Mail {
    let results = "mx.google.com;\r\n       dkim=pass header.i=@beatrixschool.nl header.s=selector1 header.b=Zm9vYmFy;\r\n       spf=pass (google.com: domain of d.visser@beatrixschool.nl designates 2a01:111:f403:c20f::7 as permitted sender) smtp.mailfrom=d.visser@beatrixschool.nl;\r\n       dmarc=pass (p=REJECT sp=REJECT dis=NONE) header.from=beatrixschool.nl";
    let sealed = Seal {
        key: Key::Google,
        domain: "google.com",
        selector: "arc-20240605",
        instance,
        fields: "mime-version:message-id:date:subject:to:from:dkim-signature",
        results,
    }
    .seal(mail);
    let received = "Received: by 2002:a05:6402:35c5:b0:62c:2dbd:8f1a with SMTP id z5csp1;\r\n        Mon, 30 Nov 2026 09:00:00 -0800 (PST)";
    sealed
        .on_top(&format!("Authentication-Results: {results}"))
        .on_top(received)
        .on_top("Delivered-To: utrecht@otservicedesk.nl")
}

/// Google's servers; `more` are further tags, such as `darn=`.
pub(super) fn google(
    post: &Post,
    letter: &Letter,
    domain: &str,
    selector: &str,
    key: Key,
    more: &str,
) -> Mail {
    let mail = plain_fields(letter);
    let fields = present(
        &mail,
        "content-transfer-encoding:cc:to:subject:message-id:date:from:in-reply-to:references:reply-to:mime-version",
    );
    let tags = format!(
        "v=1; a=rsa-sha256; c=relaxed/relaxed;\r\n        d={domain}; s={selector}; t={}; x={};{more}",
        post.seconds(),
        post.seconds() + 7 * 86_400
    );
    signed(&mail, key, &tags, &format!("{fields}:{GOOGLE_TAIL}"))
        .on_top("X-Received: by 2002:a17:907:3e26:b0:b6d:5df7:34f6 with SMTP id a1;\r\n        Mon, 30 Nov 2026 09:00:00 -0800 (PST)")
}

/// Google with the school's key, and the domain that this copy was handed to.
pub(super) fn workspace_to(post: &Post, letter: &Letter, recipient: &str) -> Mail {
    let darn = format!(" darn={recipient};");
    google(post, letter, DOMAIN, "google", Key::School, &darn)
}

fn fastmail(post: &Post, letter: &Letter) -> Mail {
    let fields = "cc:cc:content-transfer-encoding:content-type:content-type:date:date:from:from:in-reply-to:in-reply-to:message-id:mime-version:references:reply-to:subject:subject:to:to";
    let tags = |domain: &str, selector: &str| {
        format!(
            "v=1; a=rsa-sha256; c=relaxed/relaxed; d={domain};\r\n\ts={selector}; t={}; x={};",
            post.seconds(),
            post.seconds() + 86_400
        )
    };
    let mail = plain_fields(letter).add("X-ME-Sender", "<xms:Zm9v>");
    // Theirs first: the school's stands above it.
    let theirs = format!("{fields}:x-me-proxy:x-me-sender:x-me-sender:x-sasl-enc");
    let carrier = tags("messagingengine.com", "fm1");
    let own = Signing {
        key: Key::School,
        tags: tags(DOMAIN, "fm3"),
        fields,
        header: Form::Relaxed,
        body: Form::Relaxed,
    }
    .sign("DKIM-Signature", &mail);
    signed(&mail, Key::Stranger, &carrier, &theirs).on_top(&own)
}

/// Every field that a careful server of the school's own signs (`OpenDKIM` and the like).
pub(super) const OWN_SERVER: &str = "from:to:cc:subject:date:message-id:mime-version:content-type:content-transfer-encoding:reply-to:sender:in-reply-to:references";

/// The school's own server, which signs everything that matters.
pub(super) fn own_server(mail: &Mail) -> Mail {
    signed_as(
        mail,
        &format!("v=1; a=rsa-sha256; c=relaxed/relaxed; d={DOMAIN}; s=selector1;"),
    )
}

/// The same, with tags of one's own.
pub(super) fn signed_as(mail: &Mail, tags: &str) -> Mail {
    signed(mail, Key::School, tags, OWN_SERVER)
}
