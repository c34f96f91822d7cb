// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace aula::lab {

/// `text` as it may stand in XML or HTML, between tags and within quoted attributes: & < > " ' are written as
/// references, control characters that XML does not allow and broken UTF-8 as U+FFFD.
[[nodiscard]] std::string escapeMarkup(std::string_view text);

/// The shortest text that reads back to the same double.
[[nodiscard]] std::string shortestNumber(double value);

}  // namespace aula::lab
