# What a user does. Every target works from a fresh clone.

# A real city instead of the made-up one: make run CITY=FILE.osm.pbf
CITY ?=
# Where the store of `make run` is kept; a city of your own gets a store of its own.
STORE ?= store/$(if $(CITY),$(basename $(basename $(notdir $(CITY)))),tiexi)
# How many people walk their rounds in the made-up city: make run PEOPLE=1000
PEOPLE ?= 400
LISTEN ?= 127.0.0.1:8080

DEV = target/debug/gridward
RELEASE = target/release/gridward

.PHONY: run web build test bench bench-peers drill lint fmt check journeys needs

## run: build everything, make a city on the first start, serve it, and let people walk in the made-up one
run: web
	cargo build --release --package gridward
	@test -e $(STORE)/gridward.db || $(MAKE) --no-print-directory city
	@echo "Gridward 格卫: open http://$(LISTEN)/"
ifeq ($(CITY),)
	@rm -f $(STORE)/address; trap 'kill $$people 2>/dev/null' EXIT; \
	{ until test -e $(STORE)/address; do sleep 0.2; done; exec $(RELEASE) simulate --store $(STORE) --people $(PEOPLE); } & people=$$!; \
	$(RELEASE) serve --store $(STORE) --listen $(LISTEN)
else
	$(RELEASE) serve --store $(STORE) --listen $(LISTEN)
endif

.PHONY: city
city:
ifeq ($(CITY),)
	$(RELEASE) demo --store $(STORE)
else
	$(RELEASE) import osm $(CITY) --store $(STORE)
	$(RELEASE) draft-grids --store $(STORE) --households 400
endif

## web: build the pages that the binary carries
web: web/dist/command/index.html

WEB_SOURCES = $(shell find web -type f -not -path '*/node_modules/*' -not -path '*/dist/*' -not -path '*/paraglide/*')
web/dist/command/index.html: $(WEB_SOURCES) web/node_modules/.package-lock.json
	cd web && npm run --silent build

web/node_modules/.package-lock.json: web/package.json web/package-lock.json
	cd web && npm ci --no-audit --no-fund --loglevel=error
	@touch $@

build: web
	cargo build --locked --workspace

## openapi: write down the description of the interface, and the types of the pages after it
.PHONY: openapi
openapi: build
	$(DEV) openapi > server/openapi.json
	cd web && npm run --silent api

## needs: install what the tests need
needs:
	@tests/needs.sh

## test: every check that CI makes
test: needs web
	cargo fmt --all --check
	cargo check --locked --package gridward-domain
	cargo clippy --locked --workspace --all-targets -- -D warnings
	RUSTDOCFLAGS='-D warnings' cargo doc --locked --workspace --no-deps --document-private-items --quiet
	cargo build --locked --workspace
	cd web && npm run --silent lint && npm run --silent check && npm test --silent
	GRIDWARD_BIN=$(CURDIR)/$(DEV) cargo nextest run --locked --workspace --no-fail-fast
	cargo test --locked --workspace --doc --quiet
	$(MAKE) --no-print-directory journeys

## journeys: what a user does, in a real Chromium
journeys: build
	GRIDWARD_BIN=$(CURDIR)/$(DEV) tests/journeys/run.sh

## bench: every headline figure, each with its claim
bench: web
	cargo build --release --package gridward
	cargo bench --package gridward-domain --package gridward-tiles --package gridward-data
	GRIDWARD_BIN=$(CURDIR)/$(RELEASE) cargo bench --package gridward-tests
	GRIDWARD_BIN=$(CURDIR)/$(RELEASE) JOURNEY_FILES=drawing.bench.mjs tests/journeys/run.sh district

## bench-peers: the same beside others, on the same data
bench-peers:
	cargo bench --package gridward-tiles

## drill: long trials of what must not be lost, and of what must not grow
drill: web
	cargo build --release --package gridward
	GRIDWARD_BIN=$(CURDIR)/$(RELEASE) GRIDWARD_DRILL=1 PROPTEST_CASES=4096 cargo nextest run --release --workspace
	GRIDWARD_BIN=$(CURDIR)/$(RELEASE) JOURNEY_FILES=lasting.test.mjs LASTING_MINUTES=60 tests/journeys/run.sh town

lint: web
	cargo fmt --all --check
	cargo clippy --workspace --all-targets -- -D warnings
	cd web && npm run --silent lint

fmt: web/node_modules/.package-lock.json
	cargo fmt --all
	cd web && npm run --silent fmt
