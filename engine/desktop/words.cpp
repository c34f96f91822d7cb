// SPDX-License-Identifier: Apache-2.0
#include "desktop/words.h"

#include <array>
#include <cstddef>

namespace aula::desktop {
namespace {

struct Row {
  Word word;
  const char *en, *zh, *fr, *es;
};

// clang-format off
constexpr std::array kTable = {
    Row{Word::allLabs, "All labs", "全部实验", "Tous les labos", "Todos los laboratorios"},
    Row{Word::recentLabs, "Opened lately", "最近打开", "Ouverts récemment", "Abiertos hace poco"},
    Row{Word::chooseLab, "Choose a lab", "选择一个实验", "Choisir un labo", "Elige un laboratorio"},
    Row{Word::noLabs, "No labs were found.", "没有找到实验。", "Aucun labo n'a été trouvé.", "No se encontró ningún laboratorio."},
    Row{Word::openFailed, "This lab cannot be opened.", "无法打开此实验。", "Ce labo ne peut pas être ouvert.", "No se puede abrir este laboratorio."},
    Row{Word::loading, "Opening ...", "正在打开……", "Ouverture…", "Abriendo…"},
    Row{Word::minutes, "about {}", "约 {}", "environ {}", "unos {}"},

    Row{Word::run, "Run", "运行", "Lancer", "Ejecutar"},
    Row{Word::pause, "Pause", "暂停", "Pause", "Pausa"},
    Row{Word::stepForward, "One step", "单步", "Un pas", "Un paso"},
    Row{Word::toBeginning, "Back to the beginning", "回到起点", "Revenir au début", "Volver al principio"},
    Row{Word::restart, "Restart", "重新开始", "Redémarrer", "Reiniciar"},
    Row{Word::speed, "Speed", "速度", "Vitesse", "Velocidad"},
    Row{Word::fullSpeed, "Full speed", "全速", "Pleine vitesse", "Velocidad máxima"},
    Row{Word::perSecond, "{} each second", "每秒 {}", "{} par seconde", "{} por segundo"},
    Row{Word::stepOf, "step {} of {}", "第 {} 步，共 {} 步", "pas {} sur {}", "paso {} de {}"},
    Row{Word::preparing, "Preparing ...", "正在准备……", "Préparation…", "Preparando…"},
    Row{Word::paused, "Paused", "已暂停", "En pause", "En pausa"},
    Row{Word::running, "Running", "运行中", "En cours", "En marcha"},
    Row{Word::finished, "Finished", "已完成", "Terminé", "Terminado"},
    Row{Word::failed, "Stopped by an error", "因错误停止", "Arrêté par une erreur", "Detenido por un error"},
    Row{Word::goingTo, "Going to step {}", "正在前往第 {} 步", "Vers le pas {}", "Yendo al paso {}"},
    Row{Word::checkpoint, "Checkpoint at {}", "检查点：{}", "Point de reprise à {}", "Punto de control en {}"},
    Row{Word::goHere, "Click to go to {}", "单击前往 {}", "Cliquer pour aller à {}", "Pulsa para ir a {}"},
    Row{Word::timeLabel, "Time", "时间", "Temps", "Tiempo"},

    Row{Word::knobs, "Settings of the experiment", "实验参数", "Réglages de l'expérience", "Ajustes del experimento"},
    Row{Word::needsRestart, "Changes wait for a restart.", "更改将在重新开始后生效。", "Les changements attendent un redémarrage.", "Los cambios esperan a un reinicio."},
    Row{Word::restartNow, "Restart with them", "应用并重新开始", "Redémarrer avec eux", "Reiniciar con ellos"},
    Row{Word::valueAfterRestart, "now {}", "当前 {}", "actuellement {}", "ahora {}"},
    Row{Word::actsAtOnce, "acts at once", "立即生效", "effet immédiat", "efecto inmediato"},
    Row{Word::rangeIs, "{} to {}", "{} 至 {}", "{} à {}", "{} a {}"},
    Row{Word::resetKnob, "Back to {}", "恢复为 {}", "Revenir à {}", "Volver a {}"},
    Row{Word::notInRange, "{} is not between {} and {}.", "{} 不在 {} 与 {} 之间。", "{} n'est pas entre {} et {}.", "{} no está entre {} y {}."},

    Row{Word::instruments, "Instruments", "仪器", "Instruments", "Instrumentos"},
    Row{Word::results, "Results", "结果", "Résultats", "Resultados"},
    Row{Word::activities, "Activities", "活动", "Activités", "Actividades"},
    Row{Word::lesson, "Lesson", "课文", "Leçon", "Lección"},
    Row{Word::layers, "Layers", "图层", "Calques", "Capas"},
    Row{Word::structures, "Structures", "结构", "Structures", "Estructuras"},
    Row{Word::fields, "Fields", "场", "Champs", "Campos"},
    Row{Word::opacity, "Opacity", "不透明度", "Opacité", "Opacidad"},
    Row{Word::noLayers, "Nothing to show yet.", "暂无内容。", "Rien à montrer encore.", "Todavía no hay nada que mostrar."},
    Row{Word::noInstruments, "This lab has no instruments.", "此实验没有仪器。", "Ce labo n'a pas d'instruments.", "Este laboratorio no tiene instrumentos."},
    Row{Word::noResults, "This lab measures nothing.", "此实验没有测量项。", "Ce labo ne mesure rien.", "Este laboratorio no mide nada."},
    Row{Word::noActivities, "This lab has no activities.", "此实验没有活动。", "Ce labo n'a pas d'activités.", "Este laboratorio no tiene actividades."},
    Row{Word::noLesson, "This lab has no lesson text.", "此实验没有课文。", "Ce labo n'a pas de leçon.", "Este laboratorio no tiene lección."},
    Row{Word::measuredValue, "Measured", "测得", "Mesuré", "Medido"},
    Row{Word::expectedValue, "Expected", "预期", "Attendu", "Esperado"},
    Row{Word::withinTolerance, "within {}", "容差 {}", "à {} près", "con margen de {}"},
    Row{Word::met, "as expected", "符合预期", "conforme", "como se esperaba"},
    Row{Word::notMet, "differs", "不符", "différent", "distinto"},
    Row{Word::notYetMeasured, "not yet", "尚无", "pas encore", "aún no"},

    Row{Word::checkAnswer, "Check", "检查", "Vérifier", "Comprobar"},
    Row{Word::answerRight, "Right.", "正确。", "Exact.", "Correcto."},
    Row{Word::answerWrong, "Not yet. Look again.", "还不对，再想想。", "Pas encore. Regarde encore.", "Todavía no. Míralo otra vez."},
    Row{Word::answerKept, "Noted. Compare it with what you see.", "已记下。请与你看到的比较。", "Noté. Compare avec ce que tu vois.", "Anotado. Compáralo con lo que ves."},
    Row{Word::yourAnswer, "Your answer", "你的答案", "Ta réponse", "Tu respuesta"},
    Row{Word::markDone, "Done", "完成", "Fait", "Hecho"},
    Row{Word::done, "done", "已完成", "fait", "hecho"},
    Row{Word::question, "Question", "问题", "Question", "Pregunta"},
    Row{Word::task, "Task", "任务", "Tâche", "Tarea"},
    Row{Word::progressOf, "{} of {} done", "已完成 {} / {}", "{} sur {} faites", "{} de {} hechas"},

    Row{Word::screenshot, "Screenshot", "截图", "Capture", "Captura"},
    Row{Word::saved, "Saved as {}", "已保存为 {}", "Enregistré sous {}", "Guardado en {}"},
    Row{Word::record, "Record", "录制", "Enregistrer", "Grabar"},
    Row{Word::stopRecording, "Stop recording", "停止录制", "Arrêter l'enregistrement", "Detener la grabación"},
    Row{Word::recordingTo, "Recording into {}", "正在录制到 {}", "Enregistrement dans {}", "Grabando en {}"},
    Row{Word::recordingSaved, "The recording is in {}", "录制内容位于 {}", "L'enregistrement est dans {}", "La grabación está en {}"},
    Row{Word::recordingBroken, "The recording stopped: {}", "录制已停止：{}", "L'enregistrement s'est arrêté : {}", "La grabación se detuvo: {}"},
    Row{Word::folderLabel, "Pictures and recordings go to", "图片与录制保存到", "Images et enregistrements vont dans", "Imágenes y grabaciones van a"},

    Row{Word::presenter, "Presenter mode", "演示模式", "Mode présentation", "Modo presentación"},
    Row{Word::leavePresenter, "Leave presenter mode", "退出演示模式", "Quitter la présentation", "Salir de la presentación"},
    Row{Word::language, "Language", "语言", "Langue", "Idioma"},
    Row{Word::settings, "Appearance", "外观", "Apparence", "Apariencia"},
    Row{Word::theme, "Theme", "主题", "Thème", "Tema"},
    Row{Word::themeLight, "Light", "浅色", "Clair", "Claro"},
    Row{Word::themeDark, "Dark", "深色", "Sombre", "Oscuro"},
    Row{Word::themeContrast, "High contrast", "高对比度", "Contraste élevé", "Alto contraste"},
    Row{Word::scale, "Size", "大小", "Taille", "Tamaño"},
    Row{Word::colours, "Colours of values", "数值配色", "Couleurs des valeurs", "Colores de los valores"},
    Row{Word::coloursStandard, "Standard", "标准", "Standard", "Estándar"},
    Row{Word::coloursSafe, "For colour-blind eyes", "色盲友好", "Pour daltoniens", "Para daltónicos"},
    Row{Word::coloursGrey, "Greys", "灰度", "Gris", "Grises"},
    Row{Word::quality, "Picture quality", "画面质量", "Qualité d'image", "Calidad de imagen"},
    Row{Word::qualityNative, "Native", "原生", "Native", "Nativa"},
    Row{Word::qualityHigh, "Quality", "高质量", "Qualité", "Calidad"},
    Row{Word::qualityBalanced, "Balanced", "均衡", "Équilibrée", "Equilibrada"},
    Row{Word::qualityFast, "Performance", "性能", "Performance", "Rendimiento"},
    Row{Word::qualityFastest, "Ultra performance", "超高性能", "Ultra performance", "Ultra rendimiento"},
    Row{Word::fullScreen, "Full screen", "全屏", "Plein écran", "Pantalla completa"},
    Row{Word::help, "Keyboard and mouse", "键盘与鼠标", "Clavier et souris", "Teclado y ratón"},
    Row{Word::about, "About Aula", "关于 Aula", "À propos d'Aula", "Acerca de Aula"},
    Row{Word::close, "Close", "关闭", "Fermer", "Cerrar"},
    Row{Word::dismiss, "Dismiss", "知道了", "Ignorer", "Descartar"},
    Row{Word::menu, "Menu", "菜单", "Menu", "Menú"},
    Row{Word::panels, "Side panels", "侧边面板", "Panneaux latéraux", "Paneles laterales"},
    Row{Word::resetView, "Reset the view", "重置视图", "Réinitialiser la vue", "Restablecer la vista"},
    Row{Word::viewpoints, "Viewpoints", "视点", "Points de vue", "Puntos de vista"},

    Row{Word::deviceLost, "The graphics device was lost; a new one draws on.", "图形设备已丢失，已换用新的设备。", "Le périphérique graphique a été perdu ; un nouveau a pris le relais.", "Se perdió el dispositivo gráfico; otro ha tomado su lugar."},
    Row{Word::stateReadOnly, "Choices cannot be kept: {}", "无法保存设置：{}", "Les choix ne peuvent pas être gardés : {}", "No se pueden guardar los ajustes: {}"},
    Row{Word::deviceIs, "on {}", "设备：{}", "sur {}", "en {}"},
    Row{Word::linear, "Linear", "线性", "Linéaire", "Lineal"},
    Row{Word::logarithmic, "Logarithmic", "对数", "Logarithmique", "Logarítmica"},
    Row{Word::resetZoom, "Show all", "显示全部", "Tout montrer", "Mostrar todo"},
    Row{Word::exportCsv, "Export as CSV", "导出 CSV", "Exporter en CSV", "Exportar como CSV"},
    Row{Word::exportPng, "Export as PNG", "导出 PNG", "Exporter en PNG", "Exportar como PNG"},
    Row{Word::noDataYet, "No data yet. Run the lab.", "暂无数据，请运行实验。", "Pas encore de données. Lance le labo.", "Aún no hay datos. Ejecuta el laboratorio."},
    Row{Word::axisX, "Horizontal axis", "横轴", "Axe horizontal", "Eje horizontal"},
    Row{Word::axisY, "Vertical axis", "纵轴", "Axe vertical", "Eje vertical"},

    Row{Word::helpRun, "Run or pause", "运行或暂停", "Lancer ou mettre en pause", "Ejecutar o pausar"},
    Row{Word::helpStep, "One step forward", "前进一步", "Avancer d'un pas", "Avanzar un paso"},
    Row{Word::helpRestart, "Restart the experiment", "重新开始实验", "Redémarrer l'expérience", "Reiniciar el experimento"},
    Row{Word::helpScreenshot, "Save a picture of the scene", "保存场景图片", "Enregistrer une image de la scène", "Guardar una imagen de la escena"},
    Row{Word::helpRecord, "Start or stop recording", "开始或停止录制", "Démarrer ou arrêter l'enregistrement", "Empezar o detener la grabación"},
    Row{Word::helpPresenter, "Presenter mode for a projector", "投影演示模式", "Mode présentation pour projecteur", "Modo presentación para proyector"},
    Row{Word::helpViewpoints, "Viewpoints of the scene", "场景视点", "Points de vue de la scène", "Puntos de vista de la escena"},
    Row{Word::helpLanguage, "Next language", "下一种语言", "Langue suivante", "Idioma siguiente"},
    Row{Word::helpFullScreen, "Full screen", "全屏", "Plein écran", "Pantalla completa"},
    Row{Word::helpScale, "Larger or smaller", "放大或缩小", "Plus grand ou plus petit", "Más grande o más pequeño"},
    Row{Word::helpEscape, "Leave a menu, a choice, flying, presenter mode or full screen", "退出菜单、选择、飞行、演示或全屏", "Quitter menu, choix, vol, présentation ou plein écran", "Salir de menú, elección, vuelo, presentación o pantalla completa"},
    Row{Word::helpMove, "Move between controls; Enter uses one", "在控件间移动；回车使用", "Passer d'un élément à l'autre ; Entrée l'active", "Moverse entre controles; Intro los usa"},
    Row{Word::helpMouse, "Mouse", "鼠标", "Souris", "Ratón"},
    Row{Word::helpMouseScene, "Scene: drag turns or moves (right button: sideways), wheel zooms, click chooses, double click shows all", "场景：拖动旋转或平移（右键平移），滚轮缩放，单击选中，双击显示全部", "Scène : glisser tourne ou déplace (bouton droit : de côté), molette zoome, clic choisit, double clic montre tout", "Escena: arrastrar gira o mueve (botón derecho: de lado), la rueda amplía, clic elige, doble clic muestra todo"},
    Row{Word::helpMousePlot, "Plot: drag moves, right drag zooms into a box, wheel zooms", "图表：拖动平移，右键拖动框选放大，滚轮缩放", "Courbe : glisser déplace, clic droit glissé zoome, molette zoome", "Gráfica: arrastrar mueve, arrastrar con el derecho amplía, la rueda amplía"},
    Row{Word::helpStepBack, "Back to the checkpoint before", "回到前一个检查点", "Revenir au point de reprise précédent", "Volver al punto de control anterior"},
    Row{Word::helpHelp, "This page", "本页", "Cette page", "Esta página"},
    Row{Word::helpTheme, "Next theme", "下一个主题", "Thème suivant", "Tema siguiente"},
    Row{Word::aboutText, "Virtual labs with real physics. Apache License 2.0.", "真实物理的虚拟实验室。Apache 2.0 许可证。", "Des labos virtuels à la physique réelle. Licence Apache 2.0.", "Laboratorios virtuales con física real. Licencia Apache 2.0."},
    Row{Word::nothingRuns, "Nothing runs yet.", "尚未运行。", "Rien ne tourne encore.", "Todavía no hay nada en marcha."},
    Row{Word::stopped, "The simulation stopped", "模拟已停止", "La simulation s'est arrêtée", "La simulación se detuvo"},
    Row{Word::whatToDoAfterFailure, "Turn a setting back if you changed one, then restart.", "若更改过参数，请改回，然后重新开始。", "Remets un réglage changé à sa valeur, puis redémarre.", "Deshaz el ajuste que cambiaste y reinicia."},
    Row{Word::chooseView, "Shown field", "显示的场", "Champ montré", "Campo mostrado"},
    Row{Word::copied, "Copied", "已复制", "Copié", "Copiado"},
    Row{Word::outlinesLayer, "Outlines of bodies", "物体轮廓", "Contours des objets", "Contornos de los cuerpos"},
    Row{Word::absorbingLayer, "Edge of the absorbing layers", "吸收层边缘", "Bord des couches absorbantes", "Borde de las capas absorbentes"},
    Row{Word::sourceLayer, "Source", "源", "Source", "Fuente"},
    Row{Word::rulerLayer, "Ruler", "标尺", "Règle", "Regla"},
    Row{Word::space, "Space", "空间", "Espace", "Espacio"},
    Row{Word::cameraOrbit, "Orbit", "环绕", "Orbite", "Órbita"},
    Row{Word::cameraFly, "Fly", "飞行", "Vol", "Vuelo"},
    Row{Word::cameraWalk, "Walk", "行走", "Marche", "A pie"},
    Row{Word::viewFront, "Front", "前", "Devant", "Delante"},
    Row{Word::viewBack, "Back", "后", "Derrière", "Detrás"},
    Row{Word::viewLeft, "Left", "左", "Gauche", "Izquierda"},
    Row{Word::viewRight, "Right", "右", "Droite", "Derecha"},
    Row{Word::viewTop, "Top", "上", "Dessus", "Arriba"},
    Row{Word::viewBottom, "Bottom", "下", "Dessous", "Abajo"},
    Row{Word::viewCorner, "From a corner", "斜视", "En coin", "De esquina"},
    Row{Word::qualityAutomatic, "Automatic", "自动", "Automatique", "Automática"},
    Row{Word::picturesASecond, "Pictures a second", "每秒画面数", "Images par seconde", "Imágenes por segundo"},
    Row{Word::helpFields, "Next field: planes and the space", "下一个场：平面与空间", "Champ suivant : plans et espace", "Campo siguiente: planos y espacio"},
    Row{Word::helpCamera, "Space: orbit, fly or walk", "空间：环绕、飞行或行走", "Espace : orbite, vol ou marche", "Espacio: órbita, vuelo o a pie"},
    Row{Word::helpSteer, "Flying and walking: move; Q E down and up; Shift faster", "飞行与行走：移动；Q E 下降与上升；Shift 加速", "Vol et marche : se déplacer ; Q E descendre et monter ; Maj plus vite", "Vuelo y a pie: moverse; Q E bajar y subir; Mayús más rápido"},
    Row{Word::helpPick, "Choose what is in the middle of the scene", "选中场景中央之物", "Choisir ce qui est au milieu de la scène", "Elegir lo que está en el centro de la escena"},
    Row{Word::helpChooseNext, "Choose the next or previous thing", "选中下一个或上一个", "Choisir la chose suivante ou précédente", "Elegir lo siguiente o lo anterior"},
    Row{Word::handParticle, "Pull an atom", "拉原子", "Tirer un atome", "Tirar de un átomo"},
    Row{Word::handResidue, "Pull a residue", "拉残基", "Tirer un résidu", "Tirar de un residuo"},
    Row{Word::handMolecule, "Pull a molecule", "拉分子", "Tirer une molécule", "Tirar de una molécula"},
    Row{Word::handHeat, "Heat a place", "局部加热", "Chauffer un endroit", "Calentar un sitio"},
    Row{Word::handCool, "Cool a place", "局部冷却", "Refroidir un endroit", "Enfriar un sitio"},
    Row{Word::handHint, "Hand: press on an atom and drag; the wheel moves it deeper; without the tool, Ctrl and press", "手：按住原子拖动；滚轮改变深度；不用工具时按 Ctrl 再按下", "Main : appuyer sur un atome et tirer ; la molette l'éloigne ; sans l'outil, Ctrl et appuyer", "Mano: pulsar un átomo y arrastrar; la rueda lo aleja; sin la herramienta, Ctrl y pulsar"},
    Row{Word::handTool, "What the hand does", "手的作用", "Ce que fait la main", "Qué hace la mano"},
    Row{Word::handPaused, "Paused: it follows the hand as soon as the simulation runs (Space)", "已暂停：仿真运行后（空格键）它才跟随手", "En pause : elle suivra la main dès que la simulation tourne (Espace)", "En pausa: seguirá a la mano en cuanto corra la simulación (Espacio)"},
    Row{Word::handNothing, "There is no atom to take hold of in the middle of the scene", "场景中央没有可抓的原子", "Il n'y a pas d'atome à saisir au milieu de la scène", "No hay ningún átomo que coger en el centro de la escena"},
    Row{Word::helpHand, "Hand: pull atoms with the mouse", "手：用鼠标拉原子", "Main : tirer les atomes à la souris", "Mano: tirar de los átomos con el ratón"},
    Row{Word::helpHandTool, "Atom, residue, molecule, heat or cold", "原子、残基、分子、加热或冷却", "Atome, résidu, molécule, chaud ou froid", "Átomo, residuo, molécula, calor o frío"},
    Row{Word::helpHandTake, "Take the chosen atom and let go; arrows, Page Up and Page Down move it", "抓住所选原子与放开；方向键和翻页键移动", "Saisir l'atome choisi et lâcher ; flèches, Page préc. et suiv. le déplacent", "Coger el átomo elegido y soltar; flechas, Re Pág y Av Pág lo mueven"},
    Row{Word::pullLayer, "Pull", "拉力", "Traction", "Tracción"},
    Row{Word::boxLayer, "Box", "盒子", "Boîte", "Caja"},
    Row{Word::hydrogenBondsLayer, "Hydrogen bonds", "氢键", "Liaisons hydrogène", "Puentes de hidrógeno"},
    Row{Word::searchStructures, "Search by any name", "按任何名称搜索", "Chercher par n'importe quel nom", "Buscar por cualquier nombre"},
    Row{Word::noSuchStructure, "Nothing has that name.", "没有这个名称。", "Rien ne porte ce nom.", "Nada tiene ese nombre."},
    Row{Word::peel, "Layers taken off", "剥去的层数", "Couches enlevées", "Capas retiradas"},
    Row{Word::explode, "Pulled apart", "拆开", "Écarté", "Separado"},
    Row{Word::cutPlane, "Cut", "剖切", "Couper", "Cortar"},
    Row{Word::cutSideways, "across", "左右", "côté", "de lado"},
    Row{Word::cutDepth, "depth", "前后", "fond", "fondo"},
    Row{Word::cutHeight, "height", "高低", "hauteur", "altura"},
    Row{Word::flipCut, "The other side", "另一侧", "L'autre côté", "El otro lado"},
    Row{Word::showAllStructures, "Show all", "全部显示", "Tout montrer", "Mostrar todo"},
    Row{Word::isolate, "Only this", "只看它", "Seulement lui", "Solo esto"},
    Row{Word::fadeOthers, "Fade others", "淡化其他", "Estomper le reste", "Atenuar el resto"},
    Row{Word::focusOn, "Come closer", "靠近看", "S'approcher", "Acercarse"},
    Row{Word::names, "Names", "名称", "Noms", "Nombres"},
    Row{Word::namesNone, "none", "无", "aucun", "ninguno"},
    Row{Word::namesChosen, "chosen", "所选", "choisi", "elegido"},
    Row{Word::namesAll, "all", "全部", "tous", "todos"},
    Row{Word::quizFind, "Quiz: find it", "测验：找结构", "Quiz : trouver", "Prueba: encontrar"},
    Row{Word::quizName, "Quiz: name it", "测验：说名称", "Quiz : nommer", "Prueba: nombrar"},
    Row{Word::quizFindTask, "Point at: {}", "请点选：{}", "Montre : {}", "Señala: {}"},
    Row{Word::quizNameTask, "What is the structure with the question mark?", "带问号的结构是什么？", "Quelle est la structure marquée d'un point d'interrogation ?", "¿Qué estructura lleva el signo de interrogación?"},
    Row{Word::quizRight, "Right: {}", "正确：{}", "Exact : {}", "Correcto: {}"},
    Row{Word::quizWrong, "That was: {}", "答案是：{}", "C'était : {}", "Era: {}"},
    Row{Word::quizScore, "{} right of {}", "答对 {} / {}", "{} justes sur {}", "{} correctas de {}"},
    Row{Word::quizLearn, "Look at these once more:", "请再看看：", "À revoir :", "Para repasar:"},
    Row{Word::quizSkip, "I do not know", "不知道", "Je ne sais pas", "No lo sé"},
    Row{Word::quizEnd, "End", "结束", "Terminer", "Terminar"},
    Row{Word::pointAtIt, "Point at it in the scene", "在场景中点选", "Montrer dans la scène", "Señalar en la escena"},
    Row{Word::showPin, "Show the pin", "显示标记", "Montrer le repère", "Mostrar la marca"},
    Row{Word::measureTape, "Measure: two points for a length, a third for an angle", "测量：两点为长度，第三点为角度", "Mesurer : deux points pour une longueur, un troisième pour un angle", "Medir: dos puntos para una longitud, un tercero para un ángulo"},
    Row{Word::otherLayers, "Others", "其他", "Autres", "Otros"},
    Row{Word::helpTape, "Tape measure and angles", "卷尺与角度", "Mètre et angles", "Cinta métrica y ángulos"},
    Row{Word::lowered, "Drawn {} times coarser to keep {} pictures a second", "分辨率降为 1/{}，以保持每秒 {} 帧", "Dessiné {} fois plus gros pour tenir {} images par seconde", "Dibujado {} veces más grueso para mantener {} imágenes por segundo"},
};
// clang-format on

constexpr bool isComplete() {
  if (kTable.size() != static_cast<std::size_t>(Word::count)) return false;
  for (std::size_t i = 0; i < kTable.size(); ++i)
    if (kTable[i].word != static_cast<Word>(i)) return false;
  return true;
}
static_assert(isComplete(), "one row for each word, in the order of the enumeration");

}  // namespace

const std::vector<Language>& languages() {
  static const std::vector<Language> all{
      {"en", "English"}, {"zh", "中文"}, {"fr", "Français"}, {"es", "Español"}};
  return all;
}

const char* word(Word which, std::string_view language) {
  const Row& row = kTable[static_cast<std::size_t>(which)];
  if (language == "zh") return row.zh;
  if (language == "fr") return row.fr;
  if (language == "es") return row.es;
  return row.en;
}

std::string fill(std::string_view text, std::initializer_list<std::string_view> values) {
  std::string filled;
  auto value = values.begin();
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text.substr(i, 2) == "{}" && value != values.end()) {
      filled += *value++;
      ++i;
    } else {
      filled += text[i];
    }
  }
  return filled;
}

std::string allWords() {
  std::string text;
  for (const Row& row : kTable) text.append(row.en).append(row.zh).append(row.fr).append(row.es);
  for (const Language& language : languages()) text.append(language.name);
  return text;
}

}  // namespace aula::desktop
