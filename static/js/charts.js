// Draws each chart on the page from the figure that Python built. Its table says the same.
for (const holder of document.querySelectorAll("[data-chart]")) {
  const figure = JSON.parse(document.getElementById(holder.dataset.chart).textContent);
  holder.hidden = false;
  window.Plotly.newPlot(holder, figure.data, figure.layout, {
    displayModeBar: false,
    responsive: true,
    staticPlot: false,
  });
}
