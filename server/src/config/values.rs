//! Reading settings from the environment and a TOML file, remembering where each came from.

use super::{PREFIX, Setting};
use std::{collections::BTreeMap, fmt, fs, path::PathBuf};

/// Variables with our prefix that are no settings of the running program: the file's own name, and what
/// only the build reads.
const NOT_SETTINGS: &[&str] = &["CONFIG", "SITE_DIR"];

/// Where a value came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// An environment variable.
    Environment,
    /// The file that `..._FILE` names.
    SecretFile(PathBuf),
    /// The TOML file.
    Toml(PathBuf),
    /// Nobody set it.
    Default,
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Origin::Environment => f.write_str("environment"),
            Origin::SecretFile(path) => write!(f, "file {}", path.display()),
            Origin::Toml(path) => write!(f, "{}", path.display()),
            Origin::Default => f.write_str("default"),
        }
    }
}

/// Something wrong with one setting.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{PREFIX}{name}: {reason}")]
pub struct Problem {
    /// Without the prefix.
    pub name: String,
    /// What is wrong and what would be right; never the value of a secret.
    pub reason: String,
}

/// What was found, before it is understood.
#[derive(Debug, Clone, Default)]
pub struct Values {
    found: BTreeMap<String, (String, Origin)>,
    /// What makes starting impossible.
    pub problems: Vec<Problem>,
    /// What somebody should know.
    pub warnings: Vec<String>,
}

impl Values {
    /// Collects the values of `settings` from `variables` and the TOML file they name. The environment wins.
    pub fn read(variables: impl IntoIterator<Item = (String, String)>, settings: &[Setting]) -> Values {
        let mut values = Values::default();
        let ours: BTreeMap<String, String> = variables
            .into_iter()
            .filter_map(|(name, value)| Some((name.strip_prefix(PREFIX)?.to_string(), value)))
            .filter(|(_, value)| !value.is_empty())
            .collect();
        if let Some(path) = ours.get("CONFIG") {
            values.read_toml(PathBuf::from(path), settings);
        }
        for (name, value) in ours {
            let secret = name.strip_suffix("_FILE").and_then(|base| settings.iter().find(|s| s.name == base));
            if settings.iter().any(|setting| setting.name == name) {
                values.found.insert(name, (value, Origin::Environment));
            } else if let Some(setting) = secret.filter(|setting| setting.secret) {
                values.read_secret(setting, PathBuf::from(value));
            } else if !NOT_SETTINGS.contains(&name.as_str()) {
                values
                    .warnings
                    .push(format!("{PREFIX}{name} is not a setting of this version; it is ignored"));
            }
        }
        values
    }

    /// The text of a setting and its origin, if anybody set it.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.found.get(name).map(|(value, _)| value.as_str())
    }

    /// Understands a setting; what `understand` refuses becomes a problem that names it.
    pub fn parse<T>(&mut self, name: &str, understand: impl FnOnce(&str) -> Result<T, String>) -> Option<T> {
        let understood = understand(self.get(name)?);
        understood.map_err(|reason| self.problem(name, reason)).ok()
    }

    /// Notes a problem.
    pub fn problem(&mut self, name: &str, reason: impl Into<String>) {
        self.problems.push(Problem { name: name.to_string(), reason: reason.into() });
    }

    /// How `config check` shows a setting: its value, or stars in its place, and where it came from.
    pub fn shown(&self, setting: &Setting) -> (String, Origin) {
        match self.found.get(setting.name) {
            None => (setting.default.to_string(), Origin::Default),
            Some((_, origin)) if setting.secret => ("********".to_string(), origin.clone()),
            Some((value, origin)) => (value.clone(), origin.clone()),
        }
    }

    fn read_secret(&mut self, setting: &Setting, path: PathBuf) {
        match fs::read_to_string(&path) {
            // A value beside its file would leave open which one counts.
            Ok(_) if self.found.get(setting.name).is_some_and(|(_, from)| *from == Origin::Environment) => {
                self.problem(setting.name, format!("set it or {PREFIX}{}_FILE, not both", setting.name));
            }
            Ok(text) => {
                let value = (text.trim().to_string(), Origin::SecretFile(path));
                self.found.insert(setting.name.to_string(), value);
            }
            Err(error) => {
                self.problem(&format!("{}_FILE", setting.name), format!("{}: {error}", path.display()));
            }
        }
    }

    fn read_toml(&mut self, path: PathBuf, settings: &[Setting]) {
        let table = match fs::read_to_string(&path) {
            Err(error) => return self.problem("CONFIG", format!("{}: {error}", path.display())),
            Ok(text) => match text.parse::<toml::Table>() {
                Err(error) => {
                    // The parser's full text quotes the line, which may hold a secret.
                    let reason = format!("{}: {}", path.display(), error.message());
                    return self.problem("CONFIG", reason);
                }
                Ok(table) => table,
            },
        };
        for (key, value) in table {
            let name = key.to_ascii_uppercase();
            let text = match value {
                toml::Value::String(text) => text,
                toml::Value::Integer(number) => number.to_string(),
                toml::Value::Float(number) => number.to_string(),
                toml::Value::Boolean(true) => "on".to_string(),
                toml::Value::Boolean(false) => "off".to_string(),
                _ => {
                    self.problem(&name, "has to be a text, a number, true or false");
                    continue;
                }
            };
            let secret = name.strip_suffix("_FILE").and_then(|base| settings.iter().find(|s| s.name == base));
            if key != key.to_ascii_lowercase() {
                self.problem(
                    &name,
                    format!("is written `{}` in {}", key.to_ascii_lowercase(), path.display()),
                );
            } else if settings.iter().any(|setting| setting.name == name) {
                self.found.insert(name, (text, Origin::Toml(path.clone())));
            } else if let Some(setting) = secret.filter(|setting| setting.secret) {
                self.read_secret(setting, PathBuf::from(text));
            } else {
                self.warnings.push(format!("`{key}` in {} is not a setting of this version", path.display()));
            }
        }
    }
}
