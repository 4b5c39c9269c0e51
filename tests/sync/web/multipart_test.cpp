#include "sync/web/multipart.h"

#include <catch2/catch.hpp>

using namespace zimnik;

namespace {

net::Request request_of(const std::string& body,
                        const std::string& type = "multipart/form-data; boundary=XyZ") {
  net::Request request;
  request.method = "POST";
  request.headers["content-type"] = type;
  request.body = body;
  return request;
}

const std::string kField =
    "--XyZ\r\nContent-Disposition: form-data; name=\"since\"\r\n\r\n2025\r\n";
const std::string kFile =
    "--XyZ\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a;b.csv\"\r\n"
    "Content-Type: text/csv\r\n\r\nx;y\r\n--Xy\r\n\0\xff\r\n";
const std::string kFileBytes =
    "--XyZ\r\ncontent-disposition: form-data; name=\"file\"; filename=\"a;b.csv\"\r\n\r\n"
    "x;y\r\n--Xy" +
    std::string("\0\xff", 2) + "\r\n";

}  // namespace

TEST_CASE("a form's fields and the bytes of its file are read as they were sent") {
  const auto upload = web::upload_from(request_of(kField + kFileBytes + "--XyZ--\r\n"));
  REQUIRE(upload);
  CHECK(upload->get("since") == "2025");
  CHECK(upload->get("other").empty());
  CHECK(upload->file == std::string("x;y\r\n--Xy\0\xff", 11));
}

TEST_CASE("the boundary may be quoted, and the type in any case") {
  const auto body = kFile + "--XyZ--";
  CHECK(web::upload_from(request_of(body, "Multipart/Form-Data;boundary=\"XyZ\"; charset=utf-8")));
}

TEST_CASE("what isn't such a form, or isn't whole, is none") {
  for (const auto& body :
       {std::string(), kField, kField + "--XyZ--", kFile, kFile + kFile + "--XyZ--",
        std::string("--XyZ\r\nContent-Disposition: form-data\r\n\r\nx\r\n--XyZ--"),
        std::string("--XyZ\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n\xff\r\n--XyZ--"),
        std::string("--XyZ--"), std::string("--XyZ\r\n"), std::string(100'000, '-')}) {
    CHECK_FALSE(web::upload_from(request_of(body)));
  }
  CHECK_FALSE(web::upload_from(request_of(kFile + "--XyZ--", "text/plain")));
  CHECK_FALSE(web::upload_from(request_of(kFile + "--XyZ--", "multipart/form-data")));
  CHECK_FALSE(web::upload_from(request_of(kFile, "multipart/form-data; boundary=")));
  std::string many;
  for (int i = 0; i < 100; ++i) many += kField;
  CHECK_FALSE(web::upload_from(request_of(many + kFile + "--XyZ--")));
}
