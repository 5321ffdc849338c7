# Builds and checks the book. All it needs is GNU make (3.81 will do) and Python 3.11 or newer:
# everything else is installed, pinned and hash-checked, into .venv.

SHELL := /bin/sh
.DEFAULT_GOAL := help

VENV  := .venv
BUILD := _build
STAMP := $(VENV)/installed-requirements
PY    := $(VENV)/bin/python

SPHINX := $(PY) -m sphinx -n -W --keep-going -j auto

# What a reader's own Jupyter, IPython and Python settings say must not change the book: start-up files, kernels and
# configuration are looked for in places that only this build writes to, and in .venv.
export JUPYTER_PLATFORM_DIRS := 1
export JUPYTER_NO_CONFIG := 1
export JUPYTER_PREFER_ENV_PATH := 1
export JUPYTER_CONFIG_DIR := $(CURDIR)/$(BUILD)/jupyter/config
export JUPYTER_DATA_DIR := $(CURDIR)/$(BUILD)/jupyter/data
export IPYTHONDIR := $(CURDIR)/$(BUILD)/ipython
export PYTHONNOUSERSITE := 1
unexport JUPYTER_PATH JUPYTER_CONFIG_PATH JUPYTER_RUNTIME_DIR PYTHONSTARTUP PYTHONHOME PYTHONPATH VIRTUAL_ENV
unexport PYTHONWARNINGS PYTHONOPTIMIZE PYTHONINSPECT PYTHONSAFEPATH PYTHONPYCACHEPREFIX MATPLOTLIBRC
# What Python has compiled it keeps, since one build starts dozens of processes.
unexport PYTHONDONTWRITEBYTECODE

# Shell code that sets $chosen to a Python that will do (and $version), or ends with one line that says what is missing.
FIND_PYTHON = chosen=; found=; \
	for python in $(if $(PYTHON),'$(PYTHON)',python3 python3.13 python3.12 python3.11 python); do \
	    version=`"$$python" -c 'import sys; print("%d.%d.%d" % sys.version_info[:3])' 2>/dev/null` || continue; \
	    found="$$found$${found:+, }$$python ($$version)"; \
	    if "$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then chosen=$$python; break; fi; \
	done; \
	if test -z "$$chosen"; then \
	    echo "error: the book needs Python 3.11 or newer; found $${found:-none$(if $(PYTHON), at $(PYTHON))}. Install one, or name it: make PYTHON=/path/to/python3" >&2; \
	    exit 1; \
	fi; \
	if ! "$$chosen" -c 'import ensurepip, venv' 2>/dev/null; then \
	    echo "error: $$chosen ($$version) lacks the venv and ensurepip modules; on Debian or Ubuntu: sudo apt install python3-venv" >&2; \
	    exit 1; \
	fi;

.NOTPARALLEL:  # `make -j clean html` cleans first; Sphinx and pytest share out their own work
.PHONY: help html latex pdf epub watch linkcheck pages readthedocs test check campaign mutants lint types units bands fit \
    bench lock advisories clean distclean

# What names a version or a place is read from the environment alone, so that no name is part of a line of shell.
export VERSION PUSH BOOK_URL BOOK_REPOSITORY BOOK_EDITIONS READTHEDOCS_OUTPUT

help: ## Show this list
	@echo 'Usage: make TARGET [PYTHON=/path/to/python3]'
	@echo
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  %-11s %s\n", $$1, $$2 }' Makefile
	@echo
	@echo 'The first run installs requirements.txt into .venv, using PYTHON (3.11 or newer) if you name one.'

html: $(STAMP) ## Build the site: _build/html/index.html
	@$(PY) -m _ext.build.make html

latex: $(STAMP) ## Build the LaTeX sources of the PDF: _build/latex
	@$(PY) -m _ext.build.make latex

pdf: $(STAMP) ## Build the book as a PDF: _build/pdf (needs LaTeX)
	@$(PY) -m _ext.build.make pdf

epub: $(STAMP) ## Build the book for e-readers: _build/epub
	@$(PY) -m _ext.build.make epub

watch: $(STAMP) ## Build on every save, and show it: http://127.0.0.1:8000
	$(PY) -m sphinx_autobuild -n -j auto -b html -d $(BUILD)/watch/doctrees --watch calc --watch _ext --watch references.bib \
	    --ignore $(BUILD) --ignore $(VENV) --ignore .git --re-ignore __pycache__ . $(BUILD)/watch/html

linkcheck: $(STAMP) ## Check that links to other sites still lead somewhere
	$(SPHINX) -b linkcheck -d $(BUILD)/linkcheck/doctrees . $(BUILD)/linkcheck

# The branch is written without being checked out, and each version put beside those that are there. What BOOK_EDITIONS
# names, of "pdf epub", is built first, and offered on the pages.
pages: $(filter pdf epub,$(BOOK_EDITIONS)) html ## Put the site on the branch gh-pages: make pages VERSION=v1.2.3 [PUSH=origin]
	@test -n "$$VERSION" || { echo 'error: name the version: make pages VERSION=v1.2.3' >&2; exit 2; }
	@if test -n "$$PUSH" && test -z "$$BOOK_URL" && grep -q '^url: .*\.example' CITATION.cff; then \
	    echo 'error: say where the book will be served: make pages BOOK_URL=https://…, or url in CITATION.cff' >&2; exit 2; fi
	@$(PY) -m _ext.build.publish $(BUILD)/html "$$VERSION"
	@if test -n "$$PUSH"; then git push -- "$$PUSH" gh-pages; fi

readthedocs: html ## Put the site where Read the Docs looks for it
	@test -n "$$READTHEDOCS_OUTPUT" || { echo 'error: this is for Read the Docs, which sets READTHEDOCS_OUTPUT' >&2; exit 2; }
	@mkdir -p "$$READTHEDOCS_OUTPUT" && cp -R $(BUILD)/html "$$READTHEDOCS_OUTPUT/html"

test: lint types ## Check everything: lint, types, tests, with a sample of what is long
	$(PY) -m pytest -n 2 --dist loadgroup

check: lint types ## Check within a minute: lint, types, the tests of what has changed
	T2T_LIMIT=40 T2T_SITE=$(BUILD)/check $(PY) -m pytest -q -n 2 --dist loadgroup `$(PY) -m tests.changed`

campaign: lint types ## Check everything, with all that is long in whole (nightly; T2T_SEED=N for other random cases)
	T2T_CAMPAIGN=1 $(PY) -m pytest -n 2 --dist loadgroup

mutants: $(STAMP) ## Break the calculators at random, and count what the tests see (T2T_MUTANTS=N of them; hours)
	$(PY) -m tools.mutants

advisories: ## Look for advisories on what requirements.txt pins
	@mkdir -p $(BUILD)/advisories; $(FIND_PYTHON) \
	"$$chosen" -I -m venv --clear $(BUILD)/advisories/venv && \
	$(BUILD)/advisories/venv/bin/python -I -m pip --disable-pip-version-check install --quiet --require-hashes \
	    --only-binary :all: -r tools/pins/pip-audit.txt
	$(BUILD)/advisories/venv/bin/python -I -m pip_audit --require-hashes --disable-pip -r requirements.txt

lint: $(STAMP) ## Check style, formatting, lengths, and that imports go one way
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) tools/lengths.py
	$(VENV)/bin/zizmor --offline --quiet --no-progress .github
	@mkdir -p $(BUILD); $(VENV)/bin/lint-imports --no-cache > $(BUILD)/imports.txt 2>&1 || { cat $(BUILD)/imports.txt; exit 1; }

types: $(STAMP) ## Check types
	$(PY) -m mypy

bands: $(STAMP) ## Draw the bands of the book's results anew, after a change of them: calc/data/bands.json, points.json, ranges.json, shares.json
	$(PY) -m calc.band_table

units: $(STAMP) ## Parse the book's units anew, after a change of them: calc/data/units.json
	$(PY) -m calc.unit_table

fit: $(STAMP) ## Fit the constants of serving to the measurements anew
	$(PY) tools/fit_serving.py

bench: $(STAMP) ## Measure the speed of the calculators, of the build and of a page
	$(PY) bench/run.py
	$(PY) bench/build.py
	$(PY) bench/reading.py
	$(PY) bench/edits.py
	$(PY) bench/answering.py

# uv, because it resolves for every system and Python version at once, as pip cannot. Versions that still fit stay as
# they are; `make lock LOCK=--upgrade` moves all of them. A run that fails leaves requirements.txt as it was.
lock: ## Pin requirements.txt anew, from pyproject.toml
	@mkdir -p $(BUILD)/lock; $(FIND_PYTHON) \
	"$$chosen" -I -m venv --clear $(BUILD)/lock/venv && \
	$(BUILD)/lock/venv/bin/python -I -m pip --disable-pip-version-check install --quiet --require-hashes \
	    --only-binary :all: -r tools/pins/uv.txt
	@if test -f requirements.txt; then cp requirements.txt $(BUILD)/lock/pins.txt; else rm -f $(BUILD)/lock/pins.txt; fi
	$(BUILD)/lock/venv/bin/python -I -m uv --no-config --quiet pip compile pyproject.toml --extra dask --group book \
	    --group test --universal --python-version 3.11 --fork-strategy fewest --generate-hashes --no-header $(LOCK) \
	    --output-file $(BUILD)/lock/pins.txt >/dev/null
	@{ echo '# What builds and checks the book: each package once, with its hashes, for Python 3.11 and newer on any system.'; \
	   echo '# Written by `make lock` from pyproject.toml: edit that file, not this one.'; \
	   echo; \
	   cat $(BUILD)/lock/pins.txt; } > $(BUILD)/lock/requirements.txt
	@if cmp -s $(BUILD)/lock/requirements.txt requirements.txt; then echo 'requirements.txt is current'; \
	else cp $(BUILD)/lock/requirements.txt requirements.txt && echo 'requirements.txt has changed'; fi

clean: ## Remove what was built (_build)
	rm -rf $(BUILD)

distclean: clean ## Remove the environment too (.venv)
	rm -rf $(VENV)

# The environment is made afresh whenever the pins change, so nothing of the old ones stays. The stamp comes last: an
# interrupted install leaves none, and the next run starts over. `python -I` keeps PYTHONPATH and the user's own
# packages out of the install; --only-binary, because building a package would fetch tools that no hash vouches for.
$(STAMP): requirements.txt
	@rm -f $(STAMP); $(FIND_PYTHON) \
	echo "Installing requirements.txt into $(VENV) with $$chosen ($$version)"; \
	"$$chosen" -I -m venv --clear $(VENV) && \
	$(PY) -I -m pip --disable-pip-version-check install --quiet --require-hashes --only-binary :all: \
	    -r requirements.txt && \
	touch $(STAMP)
