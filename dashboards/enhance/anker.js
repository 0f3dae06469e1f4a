// A shared link leads to the same place after logging in (access/return.js kept it).
try {
    const asked = sessionStorage.getItem("gevraagd");
    sessionStorage.removeItem("gevraagd");
    if (asked?.startsWith(`${location.pathname}#`) && location.hash === "") history.replaceState(null, "", asked);
} catch {
    // A browser that keeps nothing shows the page from its top.
}

// A link into a folded section opens it.
const open = () => {
    const target = location.hash ? document.getElementById(decodeURIComponent(location.hash.slice(1))) : null;
    for (let node = target; node; node = node.parentElement) if (node instanceof HTMLDetailsElement) node.open = true;
};
addEventListener("hashchange", open);
open();
