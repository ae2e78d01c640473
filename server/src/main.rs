//! `server`: see `server --help`.

#[cfg(feature = "site")]
use server::site;
use server::{
    config::{self, Config, LAMBDA_RUNTIME},
    evaluate,
    http::pages::Pages,
    http::router,
    http::serve,
    keys::rotation::Rotation,
    log,
    metrics::Metrics,
};
#[cfg(feature = "site")]
use std::path::{Path, PathBuf};
use std::{collections::HashMap, env, io, process::ExitCode, sync::Arc};

/// A request makes some five hundred small allocations on one thread and frees many on another, where
/// the system's allocator spends a quarter of the request's time on locks.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

#[tokio::main]
async fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let result = match arguments
        .iter()
        .map(String::as_str)
        .collect::<Vec<_>>()
        .as_slice()
    {
        [] => run().await,
        #[cfg(feature = "site")]
        ["site", options @ ..] => write_site(options),
        #[cfg(not(feature = "site"))]
        ["site", ..] => Err(Failure::Other(
            "this build for AWS Lambda can't write the site".to_owned(),
        )),
        ["evaluate", options @ ..] => evaluate_games(options).await,
        ["health"] => health().await,
        ["--help" | "-h" | "help"] => {
            print!("{}", config::help());
            Ok(())
        }
        ["--version" | "-V"] => {
            println!("{}", env!("CARGO_PKG_VERSION"));
            Ok(())
        }
        [unknown, ..] => Err(Failure::Usage(format!("`{unknown}` is no command"))),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(Failure::Usage(sentence)) => {
            eprintln!("server: {sentence}; server --help lists what there is");
            ExitCode::from(2)
        }
        Err(Failure::Other(sentence)) => {
            eprintln!("server: {sentence}");
            ExitCode::FAILURE
        }
    }
}

enum Failure {
    Usage(String),
    Other(String),
}

impl<E: std::error::Error> From<E> for Failure {
    fn from(error: E) -> Self {
        Self::Other(error.to_string())
    }
}

async fn run() -> Result<(), Failure> {
    let variables = variables()?;
    let config = Config::read(&variables)?;
    log::start(&config);
    let is_lambda = env::var_os(LAMBDA_RUNTIME).is_some();
    let metrics = Arc::new(Metrics::new(is_lambda));
    let endpoint = Rotation::new(variables, Arc::clone(&metrics))?;
    endpoint.refresh().await;
    if is_lambda {
        let pages = Pages::written(&config.site_dir);
        return Ok(serve::on_lambda(router::around(endpoint, pages, &config)).await?);
    }
    if let Some(addr) = config.metrics_addr {
        serve::metrics_on_socket(router::metrics(metrics), addr).await?;
    }
    #[cfg(feature = "site")]
    // Set by `cargo leptos watch`, together with the LEPTOS_ variables that are read here.
    if env::var_os("LEPTOS_WATCH").is_some() {
        let options = leptos::config::get_configuration(None)?.leptos_options;
        let addr = options.site_addr;
        let pages = Pages::live(options, config.openings);
        return Ok(serve::on_socket(router::around(endpoint, pages, &config), addr).await?);
    }
    let index = config.site_dir.join("index.html");
    if !index.is_file() {
        let sentence = format!(
            "{} is missing: write the site with `server site`, or set SITE_DIR",
            index.display()
        );
        return Err(Failure::Other(sentence));
    }
    let pages = Pages::written(&config.site_dir);
    Ok(serve::on_socket(router::around(endpoint, pages, &config), config.addr).await?)
}

/// For the health check of a container, which has no other program to ask with.
async fn health() -> Result<(), Failure> {
    let addr = Config::read(variables()?)?.addr;
    if serve::is_well(addr).await {
        return Ok(());
    }
    Err(Failure::Other(format!("no server is well at {addr}")))
}

/// The environment, and behind it the file .env. The file isn't put into the environment, where
/// every child process would see it.
fn variables() -> Result<impl Fn(&str) -> Option<String> + Send + Sync, Failure> {
    let file: HashMap<String, String> = match dotenvy::from_path_iter(".env") {
        Ok(lines) => lines.collect::<Result<_, _>>().map_err(unreadable)?,
        Err(dotenvy::Error::Io(error)) if error.kind() == io::ErrorKind::NotFound => HashMap::new(),
        Err(error) => return Err(unreadable(error)),
    };
    Ok(move |name: &str| env::var(name).ok().or_else(|| file.get(name).cloned()))
}

/// What is wrong with .env, without the line, which may hold a key.
fn unreadable(error: dotenvy::Error) -> Failure {
    let reason = match error {
        dotenvy::Error::LineParse(_, at) => {
            format!("a line is not NAME=value (at its character {at})")
        }
        error => error.to_string(),
    };
    Failure::Other(format!(".env can't be read: {reason}"))
}

async fn evaluate_games(options: &[&str]) -> Result<(), Failure> {
    let command =
        evaluate::Options::read(options).map_err(|bad| Failure::Usage(bad.to_string()))?;
    let options = match command {
        evaluate::Command::Help => {
            print!("{}", evaluate::USAGE);
            return Ok(());
        }
        evaluate::Command::Play(options) => options,
    };
    let config = Config::read(variables()?)?;
    log::start(&config);
    let stop = async {
        let _ = tokio::signal::ctrl_c().await;
    };
    print!("{}", evaluate::run(&options, &config, stop).await?);
    Ok(())
}

#[cfg(feature = "site")]
fn write_site(options: &[&str]) -> Result<(), Failure> {
    let (mut bundle, mut out) = (PathBuf::from("target/site"), PathBuf::from("dist"));
    for option in options.chunks(2) {
        match option {
            ["--bundle", folder] => bundle = folder.into(),
            ["--out", folder] => out = folder.into(),
            _ => {
                return Err(Failure::Usage(format!(
                    "`server site` doesn't take `{}`",
                    option.join(" ")
                )));
            }
        }
    }
    let openings = Config::read(variables()?)?.openings;
    report(&site::write(&bundle, &out, openings)?, &out);
    Ok(())
}

#[cfg(feature = "site")]
fn report(written: &[site::Written], out: &Path) {
    println!("{:>9} {:>9}  {}", "bytes", "brotli", out.display());
    for file in written {
        println!("{:>9} {:>9}  {}", file.bytes, file.brotli, file.path);
    }
}
