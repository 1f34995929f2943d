use super::*;
use engine::provider::Choice;
use std::fs;

fn read(variables: &[(&str, &str)]) -> Result<(Config, Values), Vec<Problem>> {
    let owned = variables.iter().map(|(name, value)| (format!("{PREFIX}{name}"), value.to_string()));
    Config::from_values(Values::read(owned, &settings()))
}

fn only_problem(variables: &[(&str, &str)]) -> String {
    let problems = read(variables).expect_err("has to be refused");
    assert_eq!(problems.len(), 1, "{problems:?}");
    problems[0].to_string()
}

#[test]
fn nothing_set_is_a_complete_configuration() {
    let (config, values) = read(&[]).unwrap();
    assert_eq!(config.http.addr.to_string(), "127.0.0.1:3000");
    assert_eq!(config.data.database_url, "./var/candlewick.db");
    assert_eq!((config.market.provider, config.market.live), (Choice::Auto, Live::Auto));
    assert!(config.http.rate_limits);
    assert!(!config.http.secure());
    assert!(values.warnings.is_empty());
}

#[test]
fn a_bad_value_names_its_setting() {
    assert!(only_problem(&[("ADDR", "here")]).starts_with("CANDLEWICK_ADDR: `here`"));
    assert!(only_problem(&[("MARKET_PROVIDER", "tiingo")]).contains("CANDLEWICK_TIINGO_KEY"));
    assert!(only_problem(&[("MARKET_PROVIDER", "yahooo")]).contains("is not a provider"));
    let streamed_history = [("MARKET_PROVIDER", "bundled"), ("LIVE", "stream")];
    assert!(only_problem(&streamed_history).contains("stream needs a provider"));
    assert!(only_problem(&[("YAHOO_BASE_URL", "ftp://x")]).contains("http:// or https://"));
    assert!(only_problem(&[("YAHOO_STREAM_BASE_URL", "https://x")]).contains("ws:// or wss://"));
    assert!(only_problem(&[("TRENDS", "maybe")]).contains("neither on nor off"));
    assert!(only_problem(&[("PUBLIC_URL", "ftp://x")]).starts_with("CANDLEWICK_PUBLIC_URL"));
    assert!(only_problem(&[("SEED", "-1")]).starts_with("CANDLEWICK_SEED"));
}

#[test]
fn workers_are_set_by_queue_and_the_rest_keep_their_number() {
    use domain::job::Queue;
    let (config, _) = read(&[("WORKERS", "reports=4, predictions=0"), ("JOBS", "off")]).unwrap();
    let workers = config.jobs.settings.workers;
    assert_eq!((workers[&Queue::Reports], workers[&Queue::Predictions]), (4, 0));
    assert_eq!(
        (workers[&Queue::MarketData], workers[&Queue::Sentiment], workers[&Queue::Default]),
        (3, 2, 1)
    );
    assert!(!config.jobs.served);
    assert!(read(&[]).unwrap().0.jobs.served);
    assert!(only_problem(&[("WORKERS", "mail=1")]).contains("`mail` is not a queue; there are market_data"));
    assert!(only_problem(&[("WORKERS", "reports=many")]).contains("`many` is not a number from 0 to 64"));
    assert!(only_problem(&[("WORKERS", "3")]).contains("CANDLEWICK_WORKERS"));
    assert!(only_problem(&[("JOBS", "maybe")]).contains("neither on nor off"));
}

#[test]
fn what_a_trade_costs_is_told_in_percent_and_is_a_share_from_then_on() {
    let cost = |text: &str| read(&[("TRADE_COST", text)]).unwrap().0.market.trade_cost;
    assert_eq!(read(&[]).unwrap().0.market.trade_cost, 0.001);
    assert_eq!((cost("0.25"), cost("0.25 %"), cost("0"), cost("10")), (0.0025, 0.0025, 0.0, 0.1));
    for wrong in ["much", "-0.1", "10.1", "NaN", "inf", "%"] {
        assert!(only_problem(&[("TRADE_COST", wrong)]).starts_with("CANDLEWICK_TRADE_COST"), "{wrong}");
    }
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("candlewick.toml");
    fs::write(&path, "trade_cost = 0.25\n").unwrap();
    assert_eq!(read(&[("CONFIG", path.to_str().unwrap())]).unwrap().0.market.trade_cost, 0.0025);
}

#[test]
fn a_worker_tells_its_figures_only_where_the_settings_say() {
    assert_eq!(read(&[]).unwrap().0.telemetry.metrics_addr, None);
    let (config, _) = read(&[("METRICS_ADDR", "127.0.0.1:9100")]).unwrap();
    assert_eq!(config.telemetry.metrics_addr.unwrap().port(), 9100);
    for wrong in ["here", "127.0.0.1", ":9100", "localhost:9100"] {
        let problem = only_problem(&[("METRICS_ADDR", wrong)]);
        assert!(problem.starts_with(&format!("CANDLEWICK_METRICS_ADDR: `{wrong}`")), "{problem}");
    }
}

#[test]
fn every_problem_is_told_at_once() {
    let problems = read(&[("ADDR", "x"), ("LIVE", "y"), ("SEED", "z")]).expect_err("has to be refused");
    assert_eq!(problems.len(), 3);
}

#[test]
fn a_secret_is_never_shown_nor_quoted() {
    let reason = only_problem(&[("SECRET_KEY", "hunter2")]);
    assert!(!reason.contains("hunter2"), "{reason}");
    let key = "a key that is certainly long enough to sign";
    let (config, values) = read(&[("SECRET_KEY", key)]).unwrap();
    assert_eq!(config.data.secret().unwrap(), key.as_bytes());
    assert!(!explain(&values).contains(key));
    assert!(!format!("{config:?}").contains(key));
}

#[test]
fn keys_of_providers_are_secrets_and_may_come_from_files() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("fred");
    fs::write(&path, "fredkey1\n").unwrap();
    let file = path.to_str().unwrap();
    let (config, values) =
        read(&[("FRED_KEY_FILE", file), ("TIINGO_KEY", "tiingokey1"), ("NEWSAPI_KEY", "newskey1")]).unwrap();
    assert_eq!(config.providers.sites.fred_key.as_deref(), Some("fredkey1"));
    let said = format!("{} {config:?}", explain(&values));
    assert!(!["fredkey1", "tiingokey1", "newskey1"].iter().any(|key| said.contains(key)), "{said}");
    assert!(!only_problem(&[("NEWSAPI_KEY", "bad key 1")]).contains("bad key 1"));
}

#[test]
fn a_secret_may_come_from_a_file() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("key");
    fs::write(&path, "0123456789012345678901234567890123456789\n").unwrap();
    let file = path.to_str().unwrap();
    let (config, values) = read(&[("SECRET_KEY_FILE", file)]).unwrap();
    assert_eq!(config.data.secret().unwrap(), b"0123456789012345678901234567890123456789");
    assert!(explain(&values).contains(file));
    assert!(
        only_problem(&[("SECRET_KEY_FILE", "/nowhere/at/all")]).starts_with("CANDLEWICK_SECRET_KEY_FILE")
    );
    assert!(only_problem(&[("SECRET_KEY_FILE", file), ("SECRET_KEY", &"x".repeat(40))]).contains("not both"));
}

#[test]
fn a_made_key_is_kept_and_only_its_owner_reads_it() {
    let dir = tempfile::tempdir().unwrap();
    let data_dir = dir.path().join("data");
    let (config, _) = read(&[("DATA_DIR", data_dir.to_str().unwrap())]).unwrap();
    let first = config.data.secret().unwrap();
    assert!(first.len() >= 32);
    assert_eq!(config.data.secret().unwrap(), first);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = fs::metadata(data_dir.join("secret.key")).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
}

#[test]
fn the_environment_wins_over_the_file() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("candlewick.toml");
    fs::write(&path, "addr = \"127.0.0.1:1\"\nseed = 42\nrate_limits = false\nsurprise = 1\n").unwrap();
    let file = path.to_str().unwrap();
    let (config, values) = read(&[("CONFIG", file), ("ADDR", "127.0.0.1:2")]).unwrap();
    assert_eq!(config.http.addr.port(), 2);
    assert_eq!(config.market.seed, 42);
    assert!(!config.http.rate_limits);
    assert_eq!(values.warnings.len(), 1);
    assert!(values.warnings[0].contains("surprise"));
}

#[test]
fn an_unknown_variable_is_warned_about() {
    let (_, values) = read(&[("ADRR", "127.0.0.1:2")]).unwrap();
    assert_eq!(values.warnings, ["CANDLEWICK_ADRR is not a setting of this version; it is ignored"]);
}

#[test]
fn https_outside_means_secure_cookies() {
    let (config, _) = read(&[("PUBLIC_URL", "https://stocks.example.org/")]).unwrap();
    assert!(config.http.secure());
    assert_eq!(config.http.public_url.as_deref(), Some("https://stocks.example.org"));
}

#[test]
fn operators_are_told_where_the_settings_say_and_no_secret_is_shown() {
    use domain::ops_alert::Channel;
    let (config, _) = read(&[]).unwrap();
    assert!(!Channel::ALL.iter().any(|channel| config.alerts.channels.has(*channel)));
    let set = [
        ("SMTP_URL", "smtp://user:hunter2@mail.example.org:587"),
        ("ADMIN_EMAIL", "ops@example.org"),
        ("SLACK_KEY", "https://hooks.slack.com/services/T0/B0/hunter2"),
        ("GITHUB_REPO", "owner/repo"),
        ("GITHUB_KEY", "hunter2"),
        ("PUBLIC_URL", "https://stocks.example.org"),
    ];
    let (config, values) = read(&set).unwrap();
    assert!(Channel::ALL.iter().all(|channel| config.alerts.channels.has(*channel)));
    let link = config.alerts.channels.link.as_deref();
    assert_eq!(link, Some("https://stocks.example.org/operations/alerts"));
    assert!(!explain(&values).contains("hunter2"));
    assert!(!format!("{config:?}").contains("hunter2"));
    // Nobody to write to.
    let (config, _) = read(&set[..1]).unwrap();
    assert!(config.mail.mailer.is_some() && !config.alerts.channels.has(Channel::Email));
}

#[test]
fn a_bad_way_to_the_operators_names_its_setting_and_repeats_no_secret() {
    for (name, value) in [
        ("SMTP_URL", "http://user:hunter2@host"),
        ("MAIL_FROM", "nobody at all"),
        ("ALERTS_EMAIL", "nobody at all"),
        ("SLACK_KEY", "two hunter2"),
        ("SLACK_BASE_URL", "hooks"),
        ("GITHUB_REPO", "https://github.com/owner/repo"),
        ("GITHUB_REPO", "owner/repo"),
        ("GITHUB_KEY", "hunter2"),
        ("WEBHOOK_ALLOW", "10.0.0.0/40"),
    ] {
        let problem = only_problem(&[(name, value)]);
        let about = if name == "GITHUB_KEY" { "GITHUB_REPO" } else { name };
        assert!(problem.starts_with(&format!("CANDLEWICK_{about}")), "{problem}");
        assert!(!problem.contains("hunter2"), "{problem}");
    }
}
