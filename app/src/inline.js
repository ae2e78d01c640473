try{const theme=localStorage.getItem("twenty-questions-theme");if(theme)document.documentElement.dataset.theme=theme}catch{}
window.fail=(words="The game could not be loaded. Please check your connection and reload the page.")=>{document.querySelector("main")?.classList.add("is-broken");(document.getElementById("trouble")??document.body.appendChild(document.createElement("p"))).textContent=words};
addEventListener("error",({target})=>{if(target.id==="start")fail()},true);
window.early={
async ask(path,cache){
const response=await fetch("api/"+path,{cache,priority:"high",signal:AbortSignal.timeout(25e3)});
if(!response.ok&&response.status!==404)throw response.status;
return response.text()
},
async begin(){
(early.settings=early.ask("settings")).catch(()=>{});
const stored=name=>localStorage.getItem("twenty-questions"+name)??"";
if(stored("").includes('"game":{')||stored("-server").includes('"model":false'))return;
const{openings,v}=JSON.parse(await early.settings),opening=Math.floor(Math.random()*openings),game=btoa(`{"opening":${opening},"moves":[]}`).replaceAll("=","");
early.first=[opening,early.ask(`next?v=${v}&game=${game}`).catch(()=>"")]
}};
early.begun=early.begin().catch(()=>{})