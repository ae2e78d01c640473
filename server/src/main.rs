//! `server`: see `server --help`.

mod cli;

use cli::{CliError, Command};
use model::Chain;
#[cfg(feature = "site")]
use server::site::{self, SiteError};
use server::{
    config::{self, Config, LAMBDA_RUNTIME, VariableError, bare},
    evaluate::{self, EvaluateError},
    http::{
        health::{self, HealthError},
        pages::Pages,
        router,
        serve::{self, ServeError},
    },
    keys::rotation::{Rotation, RotationError},
    log,
    metrics::Metrics,
};
#[cfg(feature = "site")]
use std::path::Path;
use std::{
    collections::HashMap, env, io, net::SocketAddr, path::PathBuf, process::ExitCode, sync::Arc,
};

/// A request makes about five hundred small allocations on one thread and frees many on another. With
/// the system's allocator, its locks take a quarter of the request's CPU time.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Why the program ends with an error.
#[derive(Debug, thiserror::Error)]
enum MainError {
    #[error(transparent)]
    Cli(#[from] CliError),
    #[error(".env can't be read")]
    DotEnv(#[from] DotEnvError),
    #[error(transparent)]
    Variable(#[from] VariableError),
    #[error(transparent)]
    Rotation(#[from] RotationError),
    #[error("{0} is missing: write the site with `server site`, or set SITE_DIR")]
    NoSite(PathBuf),
    #[error(transparent)]
    Serve(#[from] ServeError),
    #[error("no healthy server at {0}")]
    Health(SocketAddr, #[source] HealthError),
    #[error(transparent)]
    Evaluate(#[from] EvaluateError),
    #[cfg(feature = "site")]
    #[error(transparent)]
    Site(#[from] SiteError),
    #[cfg(feature = "site")]
    #[error("the LEPTOS_ variables can't be read")]
    Leptos(#[from] leptos::config::errors::LeptosConfigError),
}

/// What is wrong with .env, without the line, which may hold a key.
#[derive(Debug, thiserror::Error)]
enum DotEnvError {
    #[error("a line is not NAME=value (at its character {0})")]
    Line(usize),
    #[error(transparent)]
    Io(io::Error),
    #[error("the reason is unknown")]
    Unknown,
}

#[tokio::main]
async fn main() -> ExitCode {
    let result = match cli::parse(lexopt::Parser::from_env()) {
        Ok(command) => run(command).await,
        Err(error) => Err(error.into()),
    };
    let Err(error) = result else {
        return ExitCode::SUCCESS;
    };
    eprintln!("server: {}", Chain(&error));
    match error {
        MainError::Cli(_) => ExitCode::from(2),
        _ => ExitCode::FAILURE,
    }
}

async fn run(command: Command) -> Result<(), MainError> {
    match command {
        Command::Serve => serve().await,
        #[cfg(feature = "site")]
        Command::Site { bundle, out } => write_site(&bundle, &out),
        Command::Evaluate(options) => evaluate_games(&options).await,
        Command::Health => check_health().await,
        Command::Print(text) => {
            print!("{text}");
            Ok(())
        }
    }
}

async fn serve() -> Result<(), MainError> {
    let variables = variables()?;
    let config = Config::read(&variables)?;
    log::start(&config);
    for name in config::misspelt(names()) {
        tracing::warn!("{name} is no setting of this server: `server --help` lists them");
    }
    let is_lambda = env::var_os(LAMBDA_RUNTIME).is_some();
    let metrics = Arc::new(Metrics::new(is_lambda));
    let rotation = Rotation::new(variables, Arc::clone(&metrics))?;
    let endpoint = rotation.current().await;
    let ai = endpoint
        .as_ref()
        .map_or("nobody until the keys can be read", |endpoint| {
            endpoint.ai()
        });
    let version = env!("CARGO_PKG_VERSION");
    // A misspelt OPENAI_API_KEY would go unnoticed.
    tracing::info!("the AI is {ai}");
    let announce = |addr: SocketAddr| {
        println!("Twenty Questions is at http://{addr}");
        tracing::info!(%addr, ai, version, "started");
    };
    if is_lambda {
        tracing::info!(ai, version, "started");
        let pages = Pages::written(&config.site_dir);
        return Ok(serve::on_lambda(router::around(rotation, pages, &config)).await?);
    }
    if let Some(addr) = config.metrics_addr {
        serve::metrics_on_socket(router::metrics(metrics), addr, &config).await?;
    }
    #[cfg(feature = "site")]
    // Set by `cargo leptos watch`, together with the LEPTOS_ variables that are read here.
    if env::var_os("LEPTOS_WATCH").is_some() {
        let options = leptos::config::get_configuration(None)?.leptos_options;
        let addr = options.site_addr;
        let pages = Pages::live(options);
        let router = router::around(rotation, pages, &config);
        return Ok(serve::on_socket(router, addr, &config, announce).await?);
    }
    let index = config.site_dir.join("index.html");
    if !index.is_file() {
        return Err(MainError::NoSite(index));
    }
    let pages = Pages::written(&config.site_dir);
    let router = router::around(rotation, pages, &config);
    Ok(serve::on_socket(router, config.addr, &config, announce).await?)
}

/// For container health checks: the image has no other program that could send a request.
async fn check_health() -> Result<(), MainError> {
    let addr = Config::read(variables()?)?.addr;
    health::check(addr)
        .await
        .map_err(|error| MainError::Health(addr, error))
}

async fn evaluate_games(options: &evaluate::Options) -> Result<(), MainError> {
    let config = Config::read(variables()?)?;
    log::start(&config);
    let stop = async {
        let _ = tokio::signal::ctrl_c().await;
    };
    print!("{}", evaluate::run(options, &config, stop).await?);
    Ok(())
}

#[cfg(feature = "site")]
fn write_site(bundle: &Path, out: &Path) -> Result<(), MainError> {
    let config = Config::read(variables()?)?;
    let written = site::write(bundle, out, &config.site_url)?;
    println!("{:>9} {:>9}  {}", "bytes", "brotli", out.display());
    for file in written {
        println!("{:>9} {:>9}  {}", file.bytes, file.brotli, file.path);
    }
    Ok(())
}

/// Looks variables up in the environment, then in the file .env. The file isn't loaded into the
/// environment, where every child process would see it.
fn variables() -> Result<impl Fn(&str) -> Option<String> + Send + Sync, DotEnvError> {
    let file = match dotenvy::from_path_iter(".env") {
        Ok(lines) => lines.collect::<Result<_, _>>()?,
        Err(error) if error.not_found() => HashMap::new(),
        Err(error) => return Err(error.into()),
    };
    Ok(move |name: &str| {
        // An empty variable doesn't hide the file's.
        let own = env::var(name).ok().filter(|value| !bare(value).is_empty());
        own.or_else(|| file.get(name).cloned())
    })
}

/// The names of all variables, in the environment and in .env.
fn names() -> impl Iterator<Item = String> {
    let set = env::vars_os().filter_map(|(name, _)| name.into_string().ok());
    let file = dotenvy::from_path_iter(".env").into_iter().flatten();
    set.chain(file.filter_map(|line| Some(line.ok()?.0)))
}

impl From<dotenvy::Error> for DotEnvError {
    fn from(error: dotenvy::Error) -> Self {
        match error {
            dotenvy::Error::LineParse(_, at) => Self::Line(at),
            dotenvy::Error::Io(error) => Self::Io(error),
            _ => Self::Unknown,
        }
    }
}
