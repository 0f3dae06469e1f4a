// After logging in, back to the page that was asked for. Without this one comes to one's own overview.
const asked = new URLSearchParams(location.search).get("naar") ?? location.pathname;
if (/^\/(?:[\w-]+\/)*(?:[\w-]+\.[a-z]+)?$/.test(asked) && !/^\/(?:deur|toegang)\//.test(asked))
    for (const link of document.querySelectorAll("a[data-terug]")) link.href = `/toegang/openen?naar=${asked}`;
