// ページの一覧は、広い画面ではいつも開き、狭い画面では押して開く。
const hiroi = matchMedia("(min-width: 800px)");
const menu = document.querySelector(".hk-menu");
const awaseru = () => (menu.open = hiroi.matches);
hiroi.addEventListener("change", awaseru);
awaseru();
window.voila_heartbeat = () => {}; // Voilà が、長く待つ間に呼ぶ
