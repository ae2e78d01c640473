# The commands of this project. `make` alone lists them.
.DEFAULT_GOAL := help
.PHONY: help play watch test screens animation pictures lighthouse slow bench site lambda deploy destroy key logs audit clean

TOOLS := PATH="$(CURDIR)/tools/bin:$(CURDIR)/node_modules/.bin:$$PATH"

help: ## lists the commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

play: site ## installs what is missing, builds the game and serves it at ADDR, by default http://127.0.0.1:8080
	@exec target/release/server

site: ## builds the server and the static site, into dist/
	@scripts/setup play
	@scripts/bundle
	@cargo build --locked --release --package server
	@target/release/server site

lambda: ## builds the server for AWS Lambda, arm64 and x86-64, into target/lambda/
	@scripts/setup lambda
	@scripts/lambda

deploy: ## deploys the game to your AWS account; ARGS="-c name=value" sets options
	@scripts/deploy $(ARGS)

destroy: ## removes the game from your AWS account
	@scripts/destroy $(ARGS)

key: ## sets the API key of the deployed game, from a prompt
	@scripts/key $(ARGS)

logs: ## follows the log of the deployed game
	@scripts/logs $(ARGS)

watch: ## serves the game for development at ADDR and reloads it after every edit of Rust or CSS
	@scripts/setup watch
	@scripts/watch

test: ## installs what is missing and runs the tests; LAYERS=all adds arm64, Firefox, WebKit and the image
	@scripts/setup test $(filter all engines image,$(LAYERS))
	@scripts/test $(LAYERS)

screens: site ## takes pictures of every screen, on phone and desktop, light and dark, into target/screens/
	@scripts/setup test
	@$(TOOLS) playwright test --config end2end/screenshots.config.ts

animation: site ## plays a game and makes the animation of the README, docs/game.gif, out of it
	@scripts/setup test
	@$(TOOLS) playwright test --config end2end/animation.config.ts

pictures: ## draws the icons and the picture for link previews, into public/
	@scripts/setup test
	@$(TOOLS) playwright test --config end2end/pictures.config.ts

lighthouse: site ## rates the page with Lighthouse, as a phone on a slow network, five times
	@scripts/setup lighthouse
	@node scripts/lighthouse.mjs

slow: site ## measures the page on a slow phone and network: first paint, button, first question
	@scripts/setup test
	@node scripts/slow.mjs

bench: ## measures the guesser's speed and strength, the relay's overhead and the cost of games
	@scripts/setup bench
	@cargo bench --locked --package guesser
	@cargo run --locked --release --package guesser --example strength
	@cargo bench --locked --package server
	@cargo run --locked --release --package server --example cost

audit: ## checks licences, sources, versions and known vulnerabilities of all dependencies
	@scripts/setup audit
	@$(TOOLS) cargo deny --locked check licenses sources bans
	@scripts/test audit

clean: ## removes everything that was built; the installed tools stay
	@cargo clean
	@rm -rf dist
