//! A JSON body whose mistakes are told like every other error.

use axum::Json;
use axum::extract::{FromRequest, Request};
use serde::de::DeserializeOwned;

use super::problem::WebError;
use crate::error::FieldError;

/// A request's JSON. What cannot be read is an error at the field `body`, with the reason.
pub struct JsonBody<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for JsonBody<T> {
    type Rejection = WebError;

    async fn from_request(request: Request, state: &S) -> Result<Self, Self::Rejection> {
        let read = Json::<T>::from_request(request, state).await;
        read.map(|Json(value)| JsonBody(value)).map_err(|rejection| {
            let error = FieldError::new("body", "error-json");
            WebError(error.with("reason", rejection.body_text()).into())
        })
    }
}
