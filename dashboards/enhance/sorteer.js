// Lets a reader sort a table by a column. Only tables that say so (data-sorteer); never a table of named practices.
for (const table of document.querySelectorAll("table[data-sorteer]")) {
    const body = table.tBodies[0];
    const heads = [...table.tHead.rows[0].cells];
    for (const [index, head] of heads.entries()) {
        if (head.classList.contains("k-chart") || head.classList.contains("k-wide")) continue;
        const button = document.createElement("button");
        button.type = "button";
        button.className = "sorteer";
        button.append(...head.childNodes);
        head.append(button);
        button.addEventListener("click", () => {
            const down = head.getAttribute("aria-sort") === "ascending";
            for (const other of heads) other.removeAttribute("aria-sort");
            head.setAttribute("aria-sort", down ? "descending" : "ascending");
            const key = (row) => {
                const cell = row.cells[index];
                const data = cell?.querySelector("data");
                return data ? Number(data.value) : (cell?.textContent ?? "").trim();
            };
            const rows = [...body.rows].sort((left, right) => {
                const [a, b] = [key(left), key(right)];
                if (typeof a === "number" && typeof b === "number") return a - b;
                if (typeof a !== typeof b) return typeof a === "number" ? -1 : 1;
                return a.localeCompare(b, "nl");
            });
            body.append(...(down ? rows.reverse() : rows));
        });
    }
}
