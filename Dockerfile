# syntax=docker/dockerfile:1

FROM python:3.13-slim AS build
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_ROOT_USER_ACTION=ignore
WORKDIR /src
# The environment that the final stage copies has no pip of its own: this stage's pip fills it from outside.
RUN python -m venv --without-pip /opt/citebot && python -m venv /opt/build
COPY requirements/ requirements/
RUN pip --python /opt/citebot/bin/python install --require-hashes --only-binary :all: --compile -r requirements/run.txt \
    && /opt/build/bin/pip install --require-hashes --only-binary :all: -r requirements/run.txt -r requirements/build.txt
COPY pyproject.toml hatch_build.py README.md LICENSE ./
COPY seeds/ seeds/
COPY knowledge/ knowledge/
COPY bot/ bot/
RUN /opt/build/bin/pip wheel --no-deps --no-build-isolation --wheel-dir dist . \
    && pip --python /opt/citebot/bin/python install --no-deps --compile dist/*.whl

FROM python:3.13-slim
ARG VERSION=0.1.0
LABEL org.opencontainers.image.title="Citebot" \
      org.opencontainers.image.description="Answers questions about one article, only in the article's own words" \
      org.opencontainers.image.licenses="MIT" \
      org.opencontainers.image.version="${VERSION}"
ENV PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 PATH=/opt/citebot/bin:$PATH
# A running bot installs nothing; the base image brings pip along.
RUN rm -rf /usr/local/lib/python3.13/site-packages/pip* /usr/local/bin/pip*
COPY --from=build /opt/citebot /opt/citebot
USER 10001:10001
WORKDIR /opt/citebot
HEALTHCHECK --interval=30s --timeout=10s --start-period=30s CMD ["citebot", "health"]
ENTRYPOINT ["citebot"]
