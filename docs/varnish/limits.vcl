vcl 4.1;
# How fast one network address may make the newsrooms work: default.vcl includes this file (apt-get install
# varnish-modules). Only what Varnish must ask for is counted; what it has is handed out without a limit, and so
# are pictures of stories. The figures are those of ../nginx/newsroom.conf, which says why.

import vsthrottle;

# The HTTPS server before Varnish adds the visitor's address to X-Forwarded-For, Varnish adds that server's.
sub newsroom_limit {
  set req.http.X-Visitor = regsub(req.http.X-Forwarded-For, "^(?:.*,)?\s*([^,\s]+)\s*,[^,]*$", "\1");
  if (req.url !~ "^/uploads/" && vsthrottle.is_denied("work " + req.http.X-Visitor, 500, 10s)) {
    return (synth(429));
  }
  if (req.url ~ "^/(?:tim-kiem|khen-thuong/xac-minh|xem-truoc)/" && vsthrottle.is_denied("asked " + req.http.X-Visitor, 100, 10s)) {
    return (synth(429));
  }
  if (req.method == "POST" && req.url ~ "^/admin/(?:login|xac-nhan|vao|quen-mat-khau)/" && vsthrottle.is_denied("door " + req.http.X-Visitor, 50, 25s)) {
    return (synth(429));
  }
  unset req.http.X-Visitor;
}

sub vcl_miss {
  call newsroom_limit;
}

sub vcl_pass {
  call newsroom_limit;
}

sub vcl_synth {
  if (resp.status == 429) {
    set resp.http.Content-Type = "text/html; charset=utf-8";
    set resp.http.Retry-After = "30";
    set resp.http.Cache-Control = "no-store";
    set resp.http.X-Content-Type-Options = "nosniff";
    set resp.http.Content-Security-Policy = "default-src 'none'";
    synthetic({"<!doctype html><html lang="vi"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Xin chờ một chút</title></head><body><main><h1>Xin chờ một chút</h1><p>Từ mạng của bạn vừa có quá nhiều lượt hỏi trong một lúc. Chờ 30 giây rồi mở lại trang này; những gì bạn đã lưu vẫn còn.</p><p><a href="/">Về trang chủ</a></p></main></body></html>"});
    return (deliver);
  }
}
