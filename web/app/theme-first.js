// SPDX-License-Identifier: Apache-2.0
// Runs before the first paint, so that a chosen theme does not flash. Plain script, old syntax.
(function () {
    try {
        var theme = localStorage.getItem("vigil.theme");
        if (theme === "dark" || theme === "light") document.documentElement.setAttribute("data-theme", theme);
    } catch (error) { /* storage refused: the system's theme holds */ }
})();
