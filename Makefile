.PHONY: check fmt test test-pg coverage run demo

check: ## what a reviewer would find: style, types, scripts, templates, migrations
	uv run ruff check .
	uv run ruff format --check .
	DEBUG=1 uv run mypy
	uv run biome lint --error-on-warnings
	uv run djade --check $$(git ls-files 'templates/*.html' ':!templates/_components/icons')
	DEBUG=1 uv run manage.py makemigrations --check --dry-run

fmt:
	uv run ruff check --fix .
	uv run ruff format .
	uv run djade $$(git ls-files 'templates/*.html' ':!templates/_components/icons')

test:
	uv run pytest

test-pg: ## the same suite on a PostgreSQL started for it
	uv run python -m tests.postgres

coverage: ## which lines no test runs, browser tests aside
	uv run python -m tests.postgres -m "not browser" --cov --cov-report=term

run: ## while writing code: reloads itself, shows errors
	DEBUG=1 uv run manage.py migrate
	DEBUG=1 uv run manage.py runserver

demo: ## the demonstration newsroom, served as in production
	uv run manage.py demo
