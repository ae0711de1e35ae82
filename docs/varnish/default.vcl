vcl 4.1;
# Varnish in front of one or several newsrooms: keeps whole pages, is told by tag what changed.
# Put right for your site: the backends, the token (PURGE_TOKEN of the newsroom). HTTPS ends before it
# (nginx, hitch, a load balancer), which must set X-Forwarded-Proto and X-Forwarded-For.
# The newsrooms behind it answer from their own page stores, headers and tags included: gunicorn directly,
# not nginx, whose files carry no tags.

# How fast one address may ask (needs the package varnish-modules):
# include "/etc/varnish/limits.vcl";

import std;
import directors;

probe alive {
  .url = "/healthz";
  .interval = 2s;
  .timeout = 1s;
  .window = 3;
  .threshold = 2;
}

backend one { .host = "127.0.0.1"; .port = "8000"; .probe = alive; }
# backend two { .host = "10.0.0.2"; .port = "8000"; .probe = alive; }

sub vcl_init {
  new newsrooms = directors.round_robin();
  newsrooms.add_backend(one);
  # newsrooms.add_backend(two);
}

sub vcl_recv {
  set req.backend_hint = newsrooms.backend();

  if (req.method == "PURGE") {
    # Only who knows the token: behind the HTTPS server every address looks like this machine's.
    if (req.http.Authorization != "Bearer CHANGE-ME") {
      return (synth(403));
    }
    if (req.http.Cache-Tag == "*") {
      ban("obj.status != 0");
    } else {
      ban("obj.http.Cache-Tag ~ (^|,)(" + regsuball(req.http.Cache-Tag, ",", "|") + ")(,|$)");
    }
    return (synth(200, "Dropped"));
  }
  if (req.method != "GET" && req.method != "HEAD") {
    return (pass);
  }
  # Who is signed in, and what is never the same for all.
  if (req.http.Authorization || req.http.Cookie ~ "sessionid" || req.url ~ "^/(admin|xem-truoc)/") {
    return (pass);
  }
  # Of an anonymous reader's cookies only the display (text size, colours) changes the page.
  # The first of the nine values, as the newsroom reads it (foundation/pagestore/addresses.py).
  if (req.http.Cookie ~ "(^|;\s*)hien-thi=(vua|lon|rat-lon)\.(may|sang|toi)(;|$)") {
    set req.http.Cookie = regsub(req.http.Cookie, "^(?:.*?;)??\s*(hien-thi=(?:vua|lon|rat-lon)\.(?:may|sang|toi))(?:;.*)?$", "\1");
  } else {
    unset req.http.Cookie;
  }
  # An old page is better than none, and worse than a new one.
  if (std.healthy(req.backend_hint)) {
    set req.grace = 0s;
  }
  return (hash);
}

sub vcl_backend_response {
  if (beresp.http.CDN-Cache-Control ~ "max-age=[0-9]+") {
    set beresp.ttl = std.duration(regsub(beresp.http.CDN-Cache-Control, "^.*max-age=([0-9]+).*$", "\1") + "s", 0s);
    set beresp.grace = 24h;
    set beresp.keep = 1h;
  } else if (bereq.url !~ "^/static/") {
    set beresp.uncacheable = true;
    set beresp.ttl = 10s;
    set beresp.grace = 0s;
  }
}

sub vcl_deliver {
  unset resp.http.Cache-Tag;
  unset resp.http.CDN-Cache-Control;
  unset resp.http.X-Varnish;
  unset resp.http.Via;
}
