// What is on the page: the library and the editor, with the parts of its interface that this board has.

import { Excalidraw, Footer, MainMenu } from "@excalidraw/excalidraw";

import { Sign } from "./icons.jsx";
import { Library } from "./library.jsx";

const OPTIONS = {
  canvasActions: {
    changeViewBackgroundColor: false,
    clearCanvas: true,
    export: false,
    loadScene: false,
    saveToActiveFile: false,
    saveAsImage: false,
    toggleTheme: false,
  },
  tools: { image: false },
};

// A clean hand and the font of the outline.
const HAND = {
  currentItemRoughness: 0,
  currentItemStrokeWidth: 1,
  currentItemFontFamily: 6,
  currentItemFontSize: 16,
  currentItemArrowType: "sharp",
};

export function View({ labels, theme, readOnly, elements, background, onReady, onChange, actions }) {
  return (
    <div className="wb" data-read-only={readOnly || undefined}>
      <div className="wb-frame">
        {readOnly ? null : <Library label={labels.parts} add={actions.add} />}
        <div className="wb-canvas" role="group" aria-label={labels.board}>
          <Excalidraw
            excalidrawAPI={onReady}
            onChange={onChange}
            initialData={{ elements, appState: { ...HAND, viewBackgroundColor: background }, scrollToContent: true }}
            theme={theme}
            viewModeEnabled={readOnly}
            zenModeEnabled={false}
            langCode="en"
            name={labels.fileName}
            UIOptions={OPTIONS}
            aiEnabled={false}
            validateEmbeddable={false}
            detectScroll={true}
            handleKeyboardGlobally={false}
          >
            <Footer>
              <Look label={labels.fit} sign="fit" act={actions.fit} />
            </Footer>
            <MainMenu>
              {readOnly ? null : <MainMenu.Item onSelect={actions.open}>{labels.open}</MainMenu.Item>}
              <MainMenu.Item onSelect={actions.saveFile}>{labels.saveFile}</MainMenu.Item>
              <MainMenu.Item onSelect={actions.saveSvg}>{labels.saveSvg}</MainMenu.Item>
              <MainMenu.Item onSelect={actions.savePng}>{labels.savePng}</MainMenu.Item>
              <MainMenu.Separator />
              <MainMenu.DefaultItems.Help />
              {readOnly ? null : <MainMenu.DefaultItems.ClearCanvas />}
            </MainMenu>
          </Excalidraw>
          <div className="wb-looks" role="group" aria-label={labels.looks}>
            <Look label={labels.nearer} sign="nearer" act={actions.nearer} />
            <Look label={labels.farther} sign="farther" act={actions.farther} />
            <Look label={labels.fit} sign="fit" act={actions.fit} />
          </div>
        </div>
      </div>
      <p className="wb-status" role="status" aria-live="polite" />
    </div>
  );
}

function Look({ label, sign, act }) {
  return (
    <button type="button" className="wb-look" aria-label={label} title={label} onClick={act}>
      <Sign name={sign} />
    </button>
  );
}
