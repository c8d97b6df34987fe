use super::trim_reply;

#[track_caller]
fn check(text: &str, expect: &str) {
    assert_eq!(trim_reply(text), expect, "{text}");
}

/// "On … wrote:" as the programs of many countries put it, alone or wrapped.
#[test]
fn the_quoted_mail_is_folded_in_every_language() {
    for said in [
        "On Mon, 23 Nov 2026 at 10:00, Asha Rao <asha@mail.example> wrote:",
        "On Mon, Nov 23, 2026 at 10:00 AM Asha Rao via Care\n<care@arohi.example> wrote:",
        "On 23/11/26 10:00, Asha Rao wrote:",
        "At 10:00 23-11-2026, you wrote:",
        "Asha Rao <asha@mail.example> writes:",
        "सोम, 23 नव॰ 2026 को 10:00 am बजे को Asha Rao <asha@mail.example> ने लिखा:",
        "Am Mo., 23. Nov. 2026 um 10:00 Uhr schrieb Asha Rao <asha@mail.example\n>:",
        "Am 23.11.2026 um 10:00 schrieb Asha Rao:",
        "Le lun. 23 nov. 2026 à 10:00, Asha Rao <asha@mail.example> a écrit :",
        "El lun, 23 nov 2026 a las 10:00, Asha Rao (<asha@mail.example>) escribió:",
        "Il giorno lun 23 nov 2026 alle ore 10:00 Asha Rao <asha@mail.example> ha\nscritto:",
        "Em seg., 23 de nov. de 2026 às 10:00, Asha Rao <asha@mail.example> escreveu:",
        "Op ma 23 nov 2026 om 10:00 schreef Asha Rao <asha@mail.example>:",
        "Den mån 23 nov. 2026 kl 10:00 skrev Asha Rao <asha@mail.example>:",
        "pon., 23 lis 2026 o 10:00 Asha Rao <asha@mail.example> napisał(a):",
        "po 23. 11. 2026 v 10:00 odesílatel Asha Rao <asha@mail.example> napsal:",
        "пн, 23 нояб. 2026 г. в 10:00, Asha Rao <asha@mail.example>:",
        "23.11.2026 10:00, Asha Rao пишет:",
        "Asha Rao <asha@mail.example>, 23 Kas 2026 Pzt, 10:00 tarihinde şunu yazdı:",
        "Asha Rao <asha@mail.example> 于2026年11月23日周一 10:00写道：",
        "2026年11月23日(月) 10:00 Asha Rao <asha@mail.example>:",
        "2026년 11월 23일 (월) 오전 10:00, Asha Rao <asha@mail.example>님이 작성:",
        "2026-11-23 10:00 GMT+05:30 Asha Rao <asha@mail.example>:",
        "---- On Mon, 23 Nov 2026 10:00:00 +0530 Asha Rao <asha@mail.example> wrote ----",
    ] {
        check(&format!("Haan.\n\n{said}\n\n> Kab?\n> Asha\n"), "Haan.");
        check(&format!("Haan.\n\n{said}\n\nKab?\nAsha\n"), "Haan.");
        check(&format!("{said}\n\n> Kab?\n\nHaan."), "Haan.");
    }
}

/// A copied header, with the line that programs put above it.
#[test]
fn the_copied_mail_is_folded_in_every_language() {
    let rule = "________________________________";
    for header in [
        "From: Asha <asha@mail.example>\nSent: Monday\nTo: Care\nSubject: Bill".to_owned(),
        format!("{rule}\nFrom: Asha\nSent: Monday\nTo: Care\nSubject: Bill"),
        "*From:* Asha [mailto:asha@mail.example]\n\n*Sent:* Monday\n\n*Subject:* Bill".to_owned(),
        "Von: Asha <asha@mail.example>\nGesendet: Montag\nAn: Care\nBetreff: Bill".to_owned(),
        "De : Asha <asha@mail.example>\nEnvoyé : lundi\nÀ : Care\nObjet : Bill".to_owned(),
        "De: Asha <asha@mail.example>\nEnviado el: lunes\nPara: Care\nAsunto: Bill".to_owned(),
        "Da: Asha <asha@mail.example>\nInviato: lunedì\nA: Care\nOggetto: Bill".to_owned(),
        "Van: Asha <asha@mail.example>\nVerzonden: maandag\nAan: Care\nOnderwerp: B".to_owned(),
        "От: Asha <asha@mail.example>\nОтправлено: пн\nКому: Care\nТема: Bill".to_owned(),
        "发件人: Asha <asha@mail.example>\n发送时间: 周一\n收件人: Care\n主题: Bill".to_owned(),
        "प्रेषक: Asha <asha@mail.example>\nदिनांक: सोमवार\nप्रति: Care\nविषय: Bill".to_owned(),
        "-----Original Message-----\nFrom: Asha\nSent: Monday".to_owned(),
        "-----Ursprüngliche Nachricht-----\nVon: Asha".to_owned(),
        "-------- Message d'origine --------".to_owned(),
        "---------- Forwarded message ---------\nFrom: Asha <asha@mail.example>".to_owned(),
        "Begin forwarded message:\n\nFrom: Asha <asha@mail.example>\nSubject: B".to_owned(),
    ] {
        check(&format!("Haan.\n\n{header}\n\nKab?\nAsha"), "Haan.");
    }
}

#[test]
fn what_was_forwarded_without_a_word_is_the_message() {
    let header = "---------- Forwarded message ---------\nFrom: A <a@b.example>\nSubject: x";
    check(&format!("{header}\n\nThe car makes a noise."), "The car makes a noise.");
}

#[test]
fn signatures_are_folded() {
    check("Haan.\n\n-- \nAsha Rao\nPune", "Haan.");
    check("Haan.\n--\nAsha", "Haan.");
    check("Haan.\n\nSent from my iPhone", "Haan.");
    check("Haan.\n\nVon meinem iPhone gesendet", "Haan.");
    check("Haan.\n\nमेरे iPhone से भेजा गया", "Haan.");
    check("Haan.\n\nGet Outlook for Android<https://aka.ms/x>", "Haan.");
    check("Haan.\n\n_______________________\nlist mailing list\nlist@a.example", "Haan.");
}

#[test]
fn answers_between_quoted_lines_keep_their_context() {
    let text = "On Mon, 23 Nov 2026, Asha wrote:\n> One?\n\nYes.\n\n> Two?\n\nNo.\n\n> Bye";
    check(text, "> One?\n\nYes.\n\n> Two?\n\nNo.");
}

#[test]
fn a_quoted_line_that_was_wrapped_is_no_answer() {
    let text = "Ok.\n\nOn Mon, 23 Nov 2026, Asha wrote:\n> a line that was too\nlong\n> for it";
    check(text, "Ok.");
}

#[test]
fn nothing_new_is_nothing() {
    check("> On Mon, Asha wrote:\n>> Kab?\n", "");
    check("", "");
}

/// What only looks like history stays.
#[test]
fn words_of_the_customer_are_not_folded() {
    for text in [
        "From: Delhi\nTo: Agra\nDate: 5 May 2026\nPlease book two seats.",
        "On 5 May 2026 at 10:30 I called you.\nNobody answered: why?",
        "My neighbour wrote:\nthe shop is closed.",
        "Bill\n-----\nThe amount 1200 is wrong, it was paid on 2 May.",
        "Sent from my desk, which is easier than my phone.",
        "I paid twice:\n1. 10:30 Rs 500\n2. 11:30 Rs 500\nPlease return one.",
        "Subject: what I want\nA new bill, please.",
        "To: whom it may concern\nthe car is broken.",
        "Name: Asha\nPhone: 98765\nDate: 5 May 2026 10:00\nProblem: no signal",
    ] {
        check(text, text);
    }
}

#[test]
fn huge_and_odd_texts_take_no_time() {
    for line in
        ["From: a@b\n", "On 5 a:\n", "> x\n", "-- \n", "a\n\n", "____\n", "To: 10:00 2026\n"]
    {
        let started = std::time::Instant::now();
        trim_reply(&line.repeat(256 * 1024 / line.len()));
        assert!(started.elapsed().as_secs() < 5, "{line:?}: {:?}", started.elapsed());
    }
}
