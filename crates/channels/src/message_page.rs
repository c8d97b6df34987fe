//! A message's HTML for a sandboxed frame, its files, and taking a reply back.
//!
//! The HTML is a stranger's. It is shown in a frame without scripts, without our cookies and
//! under a policy that loads nothing from anywhere: pictures of other servers, which tell the
//! sender when and where a mail was read, only when the reader asks for them.

use std::io;

use axum::extract::Path;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::http::header::{HeaderMap, HeaderName, HeaderValue, REFERRER_POLICY, X_FRAME_OPTIONS};
use axum::response::{IntoResponse, Response};
use db::Tx;
use desk::{AttachmentId, CaseId, Message, MessageId};
use frame::{Flash, Frame, Id, Page, Typed};
use platform::web::WebError;
use platform::{Actor, Error, FileInfo, Files};

use crate::inline_images::with_inline_images;
use crate::outbound::undo_send;

/// Before the stranger's HTML: links open elsewhere, and wide pictures fit.
const BEFORE: &str = "<!doctype html><base target=\"_blank\">\
    <style>img{max-width:100%;height:auto}body{overflow-wrap:anywhere}</style>";

/// `GET /w/{ws}/messages/{id}/frame?images=1`.
pub(crate) async fn html(frame: Frame, id: Id, typed: Typed) -> Result<Response, WebError> {
    let id = MessageId(id.0);
    let ((message, files), _) = frame.read(|tx, actor| with_files(tx, actor, id))?;
    let html_file = message.html_file_id.ok_or(Error::NotFound)?;
    let (html, _) = frame.read(|tx, _| platform::find_file(tx, html_file))?;
    let html = html.ok_or(Error::NotFound)?;
    let store = frame.seat.workspace.files.clone();
    let read = tokio::task::spawn_blocking(move || -> Result<String, Error> {
        let text = content(&store, &html)?;
        let text = String::from_utf8_lossy(&text).into_owned();
        Ok(with_inline_images(&text, |content_id| {
            let wanted = files.iter().find(|(known, _)| known == content_id)?;
            let bytes = store.get(&wanted.1.sha256).ok()?;
            Some((wanted.1.mime.clone(), bytes))
        }))
    });
    let text = read.await.map_err(|error| Error::Internal(error.to_string()))??;
    let mut headers = HeaderMap::new();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
    headers.insert(CONTENT_SECURITY_POLICY, policy(typed.ticked("images")));
    headers.insert(X_FRAME_OPTIONS, HeaderValue::from_static("SAMEORIGIN"));
    headers.insert(REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    let prefetch = HeaderName::from_static("x-dns-prefetch-control");
    headers.insert(prefetch, HeaderValue::from_static("off"));
    Ok((headers, format!("{BEFORE}{text}")).into_response())
}

/// `GET /w/{ws}/files/{message}/{attachment}`: always as a file to be saved, never shown: an SVG
/// or HTML of a stranger would otherwise speak with our voice.
pub(crate) async fn file(
    frame: Frame,
    Path((_, message, attachment)): Path<(String, i64, i64)>,
) -> Result<Response, WebError> {
    let id = AttachmentId(attachment);
    let ((found, info), _) = frame.read(|tx, actor| {
        let found = desk::find_attachment(tx, actor, id)?;
        if found.message_id != MessageId(message) {
            return Err(Error::NotFound);
        }
        let info = platform::find_file(tx, found.file_id)?.ok_or(Error::NotFound)?;
        Ok((found, info))
    })?;
    let store = frame.seat.workspace.files.clone();
    let read = tokio::task::spawn_blocking(move || content(&store, &info));
    let bytes = read.await.map_err(|error| Error::Internal(error.to_string()))??;
    let mut headers = HeaderMap::new();
    headers.insert(CONTENT_TYPE, served_as(&found.mime));
    headers.insert(CONTENT_DISPOSITION, disposition(&found.name));
    let nothing = HeaderValue::from_static("default-src 'none'; sandbox");
    headers.insert(CONTENT_SECURITY_POLICY, nothing);
    Ok((headers, bytes).into_response())
}

/// `POST /w/{ws}/messages/{id}/undo`: a reply is its author's draft again, if it has not left.
pub(crate) async fn undo(frame: Frame, id: Id) -> Result<Page, WebError> {
    let id = MessageId(id.0);
    let undone = frame
        .write(move |tx, actor| {
            let text = undo_send(tx, actor, id)?;
            let message = desk::outgoing(tx, id)?.message;
            let case = desk::case_by_id(tx, actor, message.case_id)?;
            Ok((case.number.to_string(), text))
        })
        .await;
    match undone {
        Ok((number, _)) => Ok(Page::redirect(&frame.path(&format!("cases/{number}")))
            .flash(&Flash::done("channels-undo-done"))),
        Err(Error::Conflict) => {
            let (number, _) = frame.read(|tx, actor| number_of(tx, actor, id))?;
            Ok(Page::redirect(&frame.path(&format!("cases/{number}")))
                .flash(&Flash::warn("channels-undo-late")))
        }
        Err(error) => Err(WebError(error)),
    }
}

fn number_of(tx: &mut Tx<'_>, actor: &Actor, id: MessageId) -> Result<String, Error> {
    let message = visible(tx, actor, id)?;
    Ok(desk::case_by_id(tx, actor, message.case_id)?.number.to_string())
}

/// The message, if its case is within the actor's reach.
fn visible(tx: &mut Tx<'_>, actor: &Actor, id: MessageId) -> Result<Message, Error> {
    let message = desk::outgoing(tx, id)?.message;
    let case_id: CaseId = message.case_id;
    desk::case_by_id(tx, actor, case_id)?;
    Ok(message)
}

type Inline = Vec<(String, FileInfo)>;

fn with_files(tx: &mut Tx<'_>, actor: &Actor, id: MessageId) -> Result<(Message, Inline), Error> {
    let message = visible(tx, actor, id)?;
    let mut files = Vec::new();
    for attachment in desk::outgoing(tx, id)?.attachments {
        if let Some(content_id) = attachment.content_id
            && let Some(info) = platform::find_file(tx, attachment.file_id)?
        {
            files.push((content_id.trim_matches(['<', '>', ' ']).to_string(), info));
        }
    }
    Ok((message, files))
}

fn content(files: &Files, info: &FileInfo) -> Result<Vec<u8>, Error> {
    files.get(&info.sha256).map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => Error::NotFound,
        _ => Error::Internal(error.to_string()),
    })
}

/// Nothing is loaded, run, sent or framed; remote pictures only when asked for.
fn policy(remote_images: bool) -> HeaderValue {
    HeaderValue::from_static(match remote_images {
        false => {
            "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; \
             form-action 'none'; frame-ancestors 'self'; \
             sandbox allow-popups allow-popups-to-escape-sandbox"
        }
        true => {
            "default-src 'none'; style-src 'unsafe-inline'; img-src data: https: http:; \
             base-uri 'none'; form-action 'none'; frame-ancestors 'self'; \
             sandbox allow-popups allow-popups-to-escape-sandbox"
        }
    })
}

/// What a browser would run is served as plain bytes.
fn served_as(mime: &str) -> HeaderValue {
    let mime = mime.to_ascii_lowercase();
    let active = ["html", "svg", "xml", "script"].iter().any(|word| mime.contains(word));
    let served = if active { "application/octet-stream" } else { mime.as_str() };
    HeaderValue::from_str(served).unwrap_or(HeaderValue::from_static("application/octet-stream"))
}

/// A name for saving, in the form that every browser reads (RFC 6266).
fn disposition(name: &str) -> HeaderValue {
    let name = platform::safe_name(name);
    let plain: String = name
        .chars()
        .map(|c| if c.is_ascii_graphic() && !"\"\\%;".contains(c) { c } else { '_' })
        .collect();
    let mut coded = String::new();
    for byte in name.bytes() {
        match byte.is_ascii_alphanumeric() || b"-._".contains(&byte) {
            true => coded.push(byte as char),
            false => coded.push_str(&format!("%{byte:02X}")),
        }
    }
    let value = format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{coded}");
    HeaderValue::from_str(&value).unwrap_or(HeaderValue::from_static("attachment"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_browser_would_run_is_bytes() {
        for (mime, expect) in [
            ("image/png", "image/png"),
            ("image/svg+xml", "application/octet-stream"),
            ("TEXT/HTML", "application/octet-stream"),
            ("application/xhtml+xml", "application/octet-stream"),
            ("text/javascript", "application/octet-stream"),
            ("a\nb", "application/octet-stream"),
        ] {
            assert_eq!(served_as(mime), expect, "{mime}");
        }
    }

    #[test]
    fn names_are_safe_in_headers() {
        assert_eq!(
            disposition("बिल \"1\".pdf").to_str().unwrap(),
            "attachment; filename=\"_____1_.pdf\"; \
             filename*=UTF-8''%E0%A4%AC%E0%A4%BF%E0%A4%B2%20%221%22.pdf"
        );
        assert!(!disposition("a\r\nSet-Cookie: x").to_str().unwrap().contains('\n'));
    }
}
