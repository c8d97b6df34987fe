//! The command line beside a running server: one request a connection over a Unix socket in the
//! data folder. A line of JSON, then the body until the sender's end; a line of JSON comes back.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::Shutdown;
use std::os::unix::fs::PermissionsExt;
use std::os::unix::net::UnixStream as BlockingStream;
use std::path::{Path, PathBuf};
use std::time::Duration;

use platform::App;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{UnixListener, UnixStream};

use crate::command::{self, Command, Reply};

const REQUEST_BYTES_MAX: u64 = 64 * 1024 * 1024;
const ANSWER_WITHIN: Duration = Duration::from_secs(300);
const ASK_WITHIN: Duration = Duration::from_secs(30);

fn path(data: &Path) -> PathBuf {
    data.join("sampark.sock")
}

/// Listens for the command line. The data folder's lock makes this process the only one.
pub fn listen(app: App) -> anyhow::Result<tokio::task::JoinHandle<()>> {
    let path = path(&app.config().data);
    match std::fs::remove_file(&path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error.into()),
        _ => {}
    }
    let listener = UnixListener::bind(&path)?;
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o600))?;
    Ok(tokio::spawn(async move {
        loop {
            match listener.accept().await {
                Ok((stream, _)) => {
                    let app = app.clone();
                    tokio::spawn(async move {
                        if let Err(error) = answer(app, stream).await {
                            tracing::warn!(%error, "a command could not be answered");
                        }
                    });
                }
                Err(error) => tracing::error!(%error, "the command socket failed"),
            }
        }
    }))
}

async fn answer(app: App, mut stream: UnixStream) -> anyhow::Result<()> {
    let mut request = Vec::new();
    let (mut reader, mut writer) = stream.split();
    let mut bounded = (&mut reader).take(REQUEST_BYTES_MAX);
    tokio::time::timeout(ASK_WITHIN, bounded.read_to_end(&mut request)).await??;
    let end = request.iter().position(|byte| *byte == b'\n').unwrap_or(request.len());
    let body = request.split_off((end + 1).min(request.len()));
    let reply = match serde_json::from_slice::<Command>(&request) {
        Ok(command) => command::run(&app, command, body).await,
        Err(error) => Reply { code: 1, text: format!("not a command: {error}\n") },
    };
    writer.write_all(serde_json::to_string(&reply)?.as_bytes()).await?;
    writer.shutdown().await?;
    Ok(())
}

/// Asks the running server; none when no server runs here.
pub fn ask(data: &Path, command: &Command, body: &[u8]) -> anyhow::Result<Option<Reply>> {
    let mut stream = match BlockingStream::connect(path(data)) {
        Ok(stream) => stream,
        Err(error)
            if matches!(
                error.kind(),
                io::ErrorKind::NotFound | io::ErrorKind::ConnectionRefused
            ) =>
        {
            return Ok(None);
        }
        Err(error) => return Err(error.into()),
    };
    stream.set_read_timeout(Some(ANSWER_WITHIN))?;
    stream.set_write_timeout(Some(ASK_WITHIN))?;
    stream.write_all(serde_json::to_string(command)?.as_bytes())?;
    stream.write_all(b"\n")?;
    stream.write_all(body)?;
    stream.shutdown(Shutdown::Write)?;
    let mut line = String::new();
    BufReader::new(stream).take(REQUEST_BYTES_MAX).read_line(&mut line)?;
    Ok(Some(serde_json::from_str(&line)?))
}
