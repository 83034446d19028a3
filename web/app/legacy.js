// SPDX-License-Identifier: Apache-2.0
// Only browsers without ES modules run this: it shows the notice that waits in the page. Old syntax on purpose.
(function () {
    var notice = document.getElementById("too-old");
    if (notice) notice.removeAttribute("hidden");
    var page = document.getElementById("page");
    if (page) page.setAttribute("hidden", "hidden");
})();
