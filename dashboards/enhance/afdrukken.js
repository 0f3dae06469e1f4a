// A print button where a page is made for paper. Without a script the browser's own menu does the same.
const mirror = document.querySelector("main.spiegel .feiten");
if (mirror) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "afdrukken";
    button.textContent = "Afdrukken op A4";
    button.addEventListener("click", () => window.print());
    mirror.after(button);
}
