//! Where the program keeps what it knows, and the key it signs with.

use super::{Setting, Values};
use std::{
    fs, io,
    path::{Path, PathBuf},
};

pub(super) const SETTINGS: &[Setting] = &[
    Setting {
        name: "DATA_DIR",
        default: "./var",
        secret: false,
        explain: "Folder for the database and the key; made if it is missing.",
    },
    Setting {
        name: "DATABASE_URL",
        default: "candlewick.db in the data folder",
        secret: true,
        explain: "sqlite://path or postgres://user:password@host/database.",
    },
    Setting {
        name: "SECRET_KEY",
        default: "made once, kept as secret.key in the data folder",
        secret: true,
        explain: "Signs API tokens; at least 32 characters. Changing it ends every token.",
    },
];

const MIN_SECRET_BYTES: usize = 32;

/// The section.
#[derive(Clone)]
pub struct Data {
    /// The data folder.
    pub dir: PathBuf,
    /// The database as the engine opens it.
    pub database_url: String,
    secret_key: Option<String>,
}

/// Without the secrets: the address of a database holds a password.
impl std::fmt::Debug for Data {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Data").field("dir", &self.dir).finish_non_exhaustive()
    }
}

impl Data {
    pub(super) fn read(values: &mut Values) -> Data {
        let dir = PathBuf::from(values.get("DATA_DIR").unwrap_or("./var"));
        let database_url = values.parse("DATABASE_URL", |url| {
            let known = ["sqlite://", "postgres://", "postgresql://"];
            let fits = known.iter().any(|scheme| url.starts_with(scheme)) || !url.contains("://");
            fits.then(|| url.to_string()).ok_or("has to begin with sqlite:// or postgres://".to_string())
        });
        let secret_key = values.parse("SECRET_KEY", |key| {
            let long = key.len() >= MIN_SECRET_BYTES;
            long.then(|| key.to_string()).ok_or(format!("is shorter than {MIN_SECRET_BYTES} characters"))
        });
        let database_url = database_url.unwrap_or_else(|| dir.join("candlewick.db").display().to_string());
        Data { dir, database_url, secret_key }
    }

    /// Whether the database is a server, not a file.
    pub fn is_postgres(&self) -> bool {
        self.database_url.starts_with("postgres")
    }

    /// The key that signs tokens: the setting, or the one kept in the data folder, made there at first.
    ///
    /// # Errors
    /// When the data folder can be neither read nor written.
    pub fn secret(&self) -> io::Result<Vec<u8>> {
        if let Some(key) = &self.secret_key {
            return Ok(key.clone().into_bytes());
        }
        let path = self.dir.join("secret.key");
        match fs::read(&path) {
            Ok(key) if key.len() >= MIN_SECRET_BYTES => Ok(key),
            Ok(_) => {
                Err(io::Error::other(format!("{} is damaged; remove it to get a new key", path.display())))
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => make_secret(&self.dir, &path),
            Err(error) => Err(error),
        }
    }
}

/// Writes a new key beside its place and links it there: of two programs starting at once, one wins and
/// both read its key.
fn make_secret(dir: &Path, path: &Path) -> io::Result<Vec<u8>> {
    use base64::{Engine as _, engine::general_purpose::STANDARD_NO_PAD};
    use std::io::Write as _;

    fs::create_dir_all(dir)?;
    let key = STANDARD_NO_PAD.encode(rand::random::<[u8; 48]>());
    let draft = dir.join(format!("secret.{}", std::process::id()));
    let mut options = fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(&draft)?;
    file.write_all(key.as_bytes())?;
    file.sync_all()?;
    let linked = fs::hard_link(&draft, path);
    fs::remove_file(&draft)?;
    match linked {
        Ok(()) => Ok(key.into_bytes()),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => fs::read(path),
        Err(error) => Err(error),
    }
}
