// After logging in, back to the page that was asked for. Without this one comes to one's own overview.
const asked = new URLSearchParams(location.search).get("naar") ?? location.pathname;
if (/^\/(?:[\w-]+\/)*(?:[\w-]+\.[a-z]+)?$/.test(asked) && !/^\/(?:deur|toegang)\//.test(asked)) {
    for (const link of document.querySelectorAll("a[data-terug]")) link.href = `/toegang/openen?naar=${asked}`;
    // The login forgets what stands after the #; the page that was asked for looks here (enhance/anker.js).
    if (asked === location.pathname && location.hash.length > 1)
        sessionStorage.setItem("gevraagd", asked + location.hash);
}
