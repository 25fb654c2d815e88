// Draws each chart on the page from the figure that Python built. Its table says the same.
for (const holder of document.querySelectorAll("[data-chart]")) {
  const figure = JSON.parse(document.getElementById(holder.dataset.chart).textContent);
  holder.hidden = false;
  window.Plotly.newPlot(holder, figure.data, figure.layout, {
    displayModeBar: false,
    responsive: true,
    staticPlot: false,
  }).then(() => keepPicture(holder));
}

// Firefox prints a live drawing without its lines and in the width of the screen, so what is printed
// is a picture of it, of a width that paper has.
async function keepPicture(holder) {
  const height = Math.round(holder.getBoundingClientRect().height);
  const picture = document.createElement("img");
  picture.className = "portal-chart__picture";
  picture.alt = "";
  picture.src = await window.Plotly.toImage(holder, { format: "svg", width: 700, height });
  holder.after(picture);
}
