#include "tools/report/page.hpp"

#include <initializer_list>
#include <string_view>

#include "engine/io/hdf5_seal.hpp"
#include "tools/report/parts.hpp"

namespace nacre::report {
namespace {

/// A text as it may stand in HTML.
std::string escaped(const std::string& text) {
  std::string result;
  for (const char c : text) {
    if (c == '<')
      result += "&lt;";
    else if (c == '>')
      result += "&gt;";
    else if (c == '&')
      result += "&amp;";
    else if (c == '"')
      result += "&quot;";
    else
      result += c;
  }
  return result;
}

/// JSON in which no text can end the element that it stands in; '<' occurs in its strings alone.
std::string without_tags(const std::string& json) {
  std::string result;
  result.reserve(json.size() + json.size() / 64);
  for (const char c : json) {
    if (c == '<')
      result += "\\u003c";
    else
      result += c;
  }
  return result;
}

std::string script(const std::string& nonce, std::string_view text) {
  return "<script nonce=\"" + nonce + "\">" + std::string(text) + "</script>\n";
}

}  // namespace

std::string page_of(const std::string& title, const std::string& data) {
  // Scripts run by their nonce alone: no text of a result, whatever it holds, can become one. plotly.js writes style
  // elements and draws heat maps as images inside the page.
  const std::string nonce = io::checksum_of(data);
  std::string page = "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n";
  page += "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; script-src 'nonce-" + nonce +
          "'; style-src 'unsafe-inline'; img-src data: blob:\">\n";
  page += "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n";
  page += "<meta name=\"color-scheme\" content=\"light dark\">\n<link rel=\"icon\" href=\"data:,\">\n";
  page += "<title>" + escaped(title) + "</title>\n<style>" + std::string(parts::style()) + "</style>\n</head>\n<body>\n";
  page += "<main id=\"page\"><noscript>This page draws its figures with scripts of its own; they are switched off.";
  page += "</noscript></main>\n<script type=\"application/json\" id=\"data\">" + without_tags(data) + "</script>\n";
  page += script(nonce, parts::plotly());
  for (const std::string_view part : parts::scripts()) page += script(nonce, part);
  return page + "</body>\n</html>\n";
}

}  // namespace nacre::report
