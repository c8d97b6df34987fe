//! What a test asks of the catalogues: complete, consistent, and every key in use present.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use fluent_bundle::FluentResource;
use fluent_syntax::ast::{Entry, Expression, InlineExpression, Message, Pattern, PatternElement};

use super::Catalogue;

/// Message key → the names of the variables in it.
type Messages = BTreeMap<String, BTreeSet<String>>;

/// Everything wrong with these catalogues, one sentence each; empty when all is well.
pub fn problems(rooms: &[Catalogue]) -> Vec<String> {
    let mut found = Vec::new();
    let mut owners: BTreeMap<String, &str> = BTreeMap::new();
    for room in rooms {
        let en = messages(room.room, "en", room.en, &mut found);
        let hi = messages(room.room, "hi", room.hi, &mut found);
        for (key, variables) in &en {
            match hi.get(key) {
                None => found.push(format!("{}: {key} is missing in hi", room.room)),
                Some(theirs) if theirs != variables => found.push(format!(
                    "{}: {key} has variables {variables:?} in en and {theirs:?} in hi",
                    room.room
                )),
                Some(_) => {}
            }
            if let Some(other) = owners.insert(key.clone(), room.room) {
                found.push(format!("{key} is in both {other} and {}", room.room));
            }
        }
        let only_hi = hi.keys().filter(|key| !en.contains_key(*key));
        found.extend(only_hi.map(|key| format!("{}: {key} is missing in en", room.room)));
    }
    found
}

/// Keys written in the `.rs` files under `folder` as `.t("…")` or `.tf("…"`, that no catalogue
/// has. Keys made while running cannot be seen here; `missing_keys` sees those.
pub fn missing_in_sources(folder: &Path, rooms: &[Catalogue]) -> std::io::Result<Vec<String>> {
    let mut ignored = Vec::new();
    let mut known: BTreeSet<String> = BTreeSet::new();
    for room in rooms.iter().chain([&super::CATALOGUE]) {
        known.extend(messages(room.room, "en", room.en, &mut ignored).into_keys());
    }
    let mut missing = Vec::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(next) = folders.pop() {
        for entry in std::fs::read_dir(next)? {
            let path = entry?.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ext| ext == "rs") {
                let text = std::fs::read_to_string(&path)?;
                let absent = keys_in(&text).filter(|key| !known.contains(*key));
                missing.extend(absent.map(|key| format!("{}: {key}", path.display())));
            }
        }
    }
    missing.sort();
    Ok(missing)
}

fn keys_in(source: &str) -> impl Iterator<Item = &str> {
    let code = source.lines().filter(|line| !line.trim_start().starts_with("//"));
    code.flat_map(|line| {
        let calls = [".t(\"", ".tf(\""];
        let after = calls.into_iter().flat_map(|call| line.split(call).skip(1));
        after.filter_map(|rest| rest.split('"').next())
    })
}

fn messages(room: &str, lang: &str, text: &str, found: &mut Vec<String>) -> Messages {
    let file = format!("{room}/{lang}.ftl");
    let resource = match FluentResource::try_new(text.to_string()) {
        Ok(resource) => resource,
        Err((resource, errors)) => {
            found.extend(errors.iter().map(|error| format!("{file}: {error}")));
            resource
        }
    };
    let mut messages = Messages::new();
    for entry in resource.entries() {
        match entry {
            Entry::Message(message) => one_message(message, &file, &mut messages, found),
            Entry::Junk { content } => {
                let line = content.lines().next().unwrap_or_default();
                found.push(format!("{file}: cannot read “{line}”"));
            }
            _ => {}
        }
    }
    messages
}

fn one_message(
    message: &Message<&str>,
    file: &str,
    messages: &mut Messages,
    found: &mut Vec<String>,
) {
    let key = message.id.name.to_string();
    let Some(pattern) = &message.value else {
        found.push(format!("{file}: {key} has no text"));
        return;
    };
    if !message.attributes.is_empty() {
        found.push(format!("{file}: {key} has attributes, which nothing reads"));
    }
    let mut variables = BTreeSet::new();
    in_pattern(pattern, &mut variables);
    if messages.insert(key.clone(), variables).is_some() {
        found.push(format!("{file}: {key} is there twice"));
    }
}

fn in_pattern(pattern: &Pattern<&str>, variables: &mut BTreeSet<String>) {
    for element in &pattern.elements {
        if let PatternElement::Placeable { expression } = element {
            in_expression(expression, variables);
        }
    }
}

fn in_expression(expression: &Expression<&str>, variables: &mut BTreeSet<String>) {
    match expression {
        Expression::Inline(inline) => in_inline(inline, variables),
        Expression::Select { selector, variants } => {
            in_inline(selector, variables);
            for variant in variants {
                in_pattern(&variant.value, variables);
            }
        }
    }
}

fn in_inline(inline: &InlineExpression<&str>, variables: &mut BTreeSet<String>) {
    match inline {
        InlineExpression::VariableReference { id } => {
            variables.insert(id.name.to_string());
        }
        InlineExpression::FunctionReference { arguments, .. } => {
            for argument in &arguments.positional {
                in_inline(argument, variables);
            }
        }
        InlineExpression::Placeable { expression } => in_expression(expression, variables),
        _ => {}
    }
}
