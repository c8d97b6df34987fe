//! The words by which mail programs of many languages introduce what they quote.

/// "wrote", as programs put it between a name and the quoted mail.
#[rustfmt::skip]
const WROTE: [&str; 62] = [
    "wrote", "writes", "written by", "schrieb", "schrieben", "écrit", "ecrit", "escribió",
    "escribio", "escribiste", "escrigué", "ha scritto", "scrisse", "scritto", "escreveu",
    "escreveram", "schreef", "geschreven", "skrev", "skreiv", "skrifaði", "kirjoitti", "napisał",
    "napisal", "pisze", "napsal", "napísal", "napisao", "napisala", "írta", "a scris", "rašė",
    "rakstīja", "kirjutas", "yazdı", "написал", "пишет", "написав", "пише", "напис", "έγραψε",
    "写道", "寫道", "写到", "書きました", "のメール", "작성", "님이 쓰", "كتب", "כתב", "نوشت",
    "लिखा", "लिहिले", "লিখেছেন", "લખ્યું", "எழுதினார்", "వ్రాశారు", "ಬರೆದರು", "എഴുതി", "ਲਿਖਿਆ",
    "đã viết", "menulis",
];

/// The word before the date.
#[rustfmt::skip]
const ON: [&str; 36] = [
    "on", "at", "am", "den", "le", "el", "il", "em", "op", "w", "dnia", "dne", "dňa", "pe", "în",
    "в", "у", "на", "på", "d.", "kl.", "tarihinde", "στις", "vào", "pada", "في", "ב", "בתאריך",
    "दिनांक", "ta", "ma", "dana", "az", "a", "em", "le",
];

/// "Sent from my …", without the device.
#[rustfmt::skip]
const SENT_FROM: [&str; 28] = [
    "sent from my ", "sent from mail for ", "sent from outlook", "sent from yahoo", "sent from a ",
    "sent via ", "sent with ", "get outlook for ", "von meinem ", "gesendet von ",
    "gesendet mit ", "diese nachricht wurde von meinem ", "envoyé de mon ", "envoyé depuis ",
    "envoyé à partir ", "enviado desde ", "enviado do ", "enviado de ", "enviado a partir ",
    "inviato da ", "verstuurd vanaf ", "verzonden vanaf ", "skickat från ", "sendt fra ",
    "wysłane z ", "отправлено с ", "отправлено из ", "发自我的",
];

/// Words of "-----Original Message-----" and "---------- Forwarded message ---------".
#[rustfmt::skip]
const MESSAGE: [&str; 34] = [
    "message", "messaggio", "mensaje", "mensagem", "nachricht", "bericht", "meddelande",
    "melding", "meddelelse", "viesti", "wiadomo", "zpráva", "správa", "poruka", "üzenet", "mesaj",
    "сообщение", "повідомлення", "съобщение", "μήνυμα", "ileti", "mail", "courriel", "email",
    "邮件", "郵件", "メッセージ", "メール", "메시지", "رسالة", "הודעה", "संदेश", "বার্তা", "forward",
];

/// "Begin forwarded message:" of Apple's program.
#[rustfmt::skip]
const BEGIN_FORWARDED: [&str; 12] = [
    "begin forwarded message", "anfang der weitergeleiteten", "début du message",
    "inicio del mensaje", "inizio messaggio", "início da mensagem", "begin doorgestuurd bericht",
    "vidarebefordrat brev", "videresendt melding", "начало переадресованного",
    "początek przekazywanej", "アドレス帳",
];

/// A field of a copied header.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    From,
    Sent,
    Date,
    To,
    Cc,
    Subject,
}

#[rustfmt::skip]
const ROLES: [(Role, &[&str]); 6] = [
    (
        Role::From,
        &[
            "from", "von", "de", "da", "van", "från", "fra", "lähettäjä", "od", "feladó",
            "gönderen", "kimden", "от", "від", "από", "发件人", "寄件者", "差出人", "보낸 사람", "보낸사람",
            "من", "מאת", "प्रेषक", "से", "প্রেরক", "அனுப்புநர்", "de la", "expéditeur", "mittente",
            "remitente", "reply-to", "antwort an",
        ],
    ),
    (
        Role::Sent,
        &[
            "sent", "gesendet", "envoyé", "envoye", "enviado", "enviada", "enviado el",
            "enviado em", "inviato", "verzonden", "skickat", "sendt", "lähetetty", "wysłane",
            "wysłano", "odesláno", "odoslané", "elküldve", "trimis", "gönderildi", "отправлено",
            "надіслано", "στάλθηκε", "发送时间", "寄件日期", "送信日時", "보낸 날짜", "भेजा गया",
            "gesendet am", "date d'envoi",
        ],
    ),
    (
        Role::Date,
        &[
            "date", "datum", "fecha", "data", "dato", "päivämäärä", "päiväys", "dátum", "tarih",
            "дата", "ημερομηνία", "日期", "日付", "날짜", "تاريخ", "תאריך", "दिनांक", "तारीख",
            "তারিখ", "தேதி",
        ],
    ),
    (
        Role::To,
        &[
            "to", "an", "à", "a", "para", "per", "aan", "till", "til", "vastaanottaja", "do",
            "komu", "címzett", "către", "kime", "alıcı", "кому", "προς", "收件人", "宛先",
            "받는 사람", "إلى", "אל", "प्रति", "को", "destinataire", "destinatario",
        ],
    ),
    (Role::Cc, &["cc", "kopie", "copie", "copia", "kopia", "kopi", "dw", "копия", "копія", "抄送"]),
    (
        Role::Subject,
        &[
            "subject", "betreff", "objet", "asunto", "assunto", "oggetto", "onderwerp", "ämne",
            "emne", "aihe", "temat", "předmět", "predmet", "tárgy", "subiect", "konu", "тема",
            "относно", "θέμα", "主题", "主旨", "件名", "제목", "الموضوع", "נושא", "विषय", "বিষয়",
            "பொருள்", "విషయం", "વિષય", "ವಿಷಯ", "വിഷയം",
        ],
    ),
];

impl Role {
    /// The field that a line such as `*Von:* Asha` is.
    pub(super) fn of(line: &str) -> Option<Self> {
        let line = line.trim_start().trim_start_matches(['*', '_', ' ']);
        let end = line.find([':', '：'])?;
        if end > 60 {
            return None;
        }
        let name = line[..end].trim().trim_end_matches(['*', '_', ' ']).to_lowercase();
        ROLES.iter().find(|(_, names)| names.contains(&name.as_str())).map(|(role, _)| *role)
    }
}

/// The fields that were seen one below the other.
#[derive(Default)]
pub(super) struct Roles {
    seen: Vec<Role>,
    address: bool,
}

impl Roles {
    pub(super) fn add(&mut self, role: Role, line: &str) {
        if !self.seen.contains(&role) {
            self.seen.push(role);
        }
        self.add_words(line);
    }

    pub(super) fn add_words(&mut self, line: &str) {
        self.address |= line.contains('@');
    }

    /// "From: Delhi, To: Agra, Date: 5 May" is a journey and no header.
    pub(super) fn is_header(&self) -> bool {
        let has = |role| self.seen.contains(&role);
        let named = has(Role::From) && (has(Role::Sent) || has(Role::Subject) || has(Role::Date));
        let mail = self.address || has(Role::Sent) || has(Role::Subject);
        named && mail && (self.seen.len() >= 3 || self.address)
    }
}

/// `________` or `--------`, as Outlook puts it above a copied header.
pub(super) fn is_rule(line: &str) -> bool {
    line.len() >= 3 && line.chars().all(|c| matches!(c, '_' | '-' | '=' | '*' | '~' | '—' | '─'))
}

/// "-----Original Message-----" in any language.
pub(super) fn announces_copy(line: &str) -> bool {
    let lower = line.to_lowercase();
    let lower = lower.trim_start_matches('*');
    if BEGIN_FORWARDED.iter().any(|words| lower.starts_with(words)) && line.len() < 80 {
        return true;
    }
    let inner = line.trim_matches(['-', '_', '=', ' ', '*', '─', '—']);
    let dashes = |text: &str| text.starts_with("--") || text.starts_with("__");
    let framed = dashes(line.trim_start_matches('*')) && line.len() >= inner.len() + 4;
    let ends = line.trim_end_matches('*').ends_with(['-', '_']);
    let inner = inner.to_lowercase();
    framed && ends && inner.len() < 60 && MESSAGE.iter().any(|word| inner.contains(word))
}

/// "Sent from my phone": a whole line of few words.
pub(super) fn sent_from(line: &str) -> bool {
    if line.len() > 160 {
        return false;
    }
    let lower = line.trim_start_matches(['(', '[', '*', '_']).to_lowercase();
    let shown = lower.split(['<', '(', '[']).next().unwrap_or_default();
    let words = shown.split_whitespace().count();
    let sentence = shown.trim_end_matches('.').contains([',', ';', '?', '!']);
    let hindi = lower.contains("से भेजा गया");
    let german = lower.starts_with("von meinem") && !lower.contains("gesendet");
    let starts = SENT_FROM.iter().any(|start| lower.starts_with(start));
    words <= 10 && !sentence && !german && (starts || hindi)
}

/// Begins like "On 5 May …" in some language.
pub(super) fn opens_attribution(line: &str) -> bool {
    let line = line.trim_start_matches(['-', ' ', '*']);
    let first = line.split([' ', ',', '\u{a0}']).next().unwrap_or_default().to_lowercase();
    let digits = line.bytes().filter(u8::is_ascii_digit).count();
    let dated = line.starts_with(|c: char| c.is_ascii_digit()) && digits >= 3;
    let cjk = line.starts_with(['在', '于', '於']) && digits >= 4;
    dated || cjk || (digits >= 1 && ON.contains(&first.as_str()))
}

pub(super) fn may_start_attribution(line: &str) -> bool {
    line.len() <= 300 && (opens_attribution(line) || line.contains('@') || weekday_or_year(line))
}

/// A line with a time and a year may start one whose first word is not known here.
fn weekday_or_year(line: &str) -> bool {
    has_time(line) && has_year(line)
}

/// Whether the joined lines say "On … wrote:", complete.
pub(super) fn is_attribution(joined: &str) -> bool {
    let dashed = joined.starts_with("--") && joined.ends_with("--");
    let text = joined.trim_matches(['-', ' ', '*', '_']);
    let ends = text.ends_with(':') || text.ends_with('：') || dashed;
    if !ends && !text.contains(" GMT") {
        return false;
    }
    let email = text.contains('@');
    let dated = has_time(text) || has_year(text);
    let lower = text.to_lowercase();
    let wrote = WROTE.iter().any(|word| lower.contains(word));
    if ends && wrote && (email || dated || opens_attribution(text)) {
        return true;
    }
    let starts_dated = text.starts_with(|c: char| c.is_ascii_digit());
    if ends && email && has_time(text) && (starts_dated || has_year(text)) {
        return true;
    }
    // Gmail's short form: 2016-03-03 17:21 GMT+01:00 Asha Rao
    starts_dated && text.get(4..5) == Some("-") && has_time(text) && text.contains(" GMT")
}

/// A line that ends so is no beginning of "On … wrote:".
pub(super) fn ends_sentence(line: &str) -> bool {
    let last = line.split_whitespace().next_back().unwrap_or_default();
    line.ends_with(['!', '?', '।', ':']) || (last.ends_with('.') && last.chars().count() > 6)
}

/// `12:30`, `12.30` or `12h30`.
fn has_time(text: &str) -> bool {
    text.as_bytes().windows(4).any(|w| {
        w[0].is_ascii_digit()
            && matches!(w[1], b':' | b'.' | b'h')
            && w[2].is_ascii_digit()
            && w[3].is_ascii_digit()
    })
}

fn has_year(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.windows(4).enumerate().any(|(i, w)| {
        let alone = |at: Option<&u8>| !at.is_some_and(u8::is_ascii_digit);
        (w.starts_with(b"19") || w.starts_with(b"20"))
            && w.iter().all(u8::is_ascii_digit)
            && alone(i.checked_sub(1).and_then(|before| bytes.get(before)))
            && alone(bytes.get(i + 4))
    })
}
