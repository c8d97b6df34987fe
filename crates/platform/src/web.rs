//! The web's ground rules: every route names its guard, every error has one form, pages follow
//! events. HTML belongs to the floors above.

mod headers;
mod json;
mod live;
mod origin;
mod problem;
mod routes;
mod seat;

pub use headers::{client_ip, secure_headers};
pub use json::JsonBody;
pub(crate) use live::LastSignal;
pub use live::live;
pub use problem::{ErrorWords, PlainWords, Problem, ProblemKind, WebError};
pub use routes::{Guard, RouteInfo, Routes};
pub use seat::{NEXT_COOKIE, SESSION_COOKIE, Seat, Visitor, cookie, is_own_page, session_cookie};
