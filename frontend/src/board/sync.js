// The editor's elements and the text of the scene, each made from the other.

import { CaptureUpdateAction, restoreElements } from "@excalidraw/excalidraw";

import { canonical, live, writeScene } from "../scene.js";

/** The one text of what is on the board now. */
export function textOf(api) {
  const { viewBackgroundColor } = api.getAppState();
  return writeScene({ elements: api.getSceneElements(), appState: { viewBackgroundColor } });
}

/** Elements as the editor wants them. It gets copies: it writes into what it is given. */
export function restored(scene) {
  return restoreElements(structuredClone(live(scene)), null, { repairBindings: true });
}

/** Makes the board show a scene. What is the same stays as it is; all of it is one step that can be undone on the board. */
export function show(api, scene) {
  const before = new Map(api.getSceneElementsIncludingDeleted().map((element) => [element.id, element]));
  const next = restored(scene).map((element) => {
    const old = before.get(element.id);
    before.delete(element.id);
    return old && !old.isDeleted && isSame(old, element) ? old : newer(element, old);
  });
  const gone = [...before.values()].map((element) =>
    element.isDeleted ? element : newer({ ...element, isDeleted: true }, element),
  );
  api.updateScene({
    elements: [...next, ...gone],
    appState: { viewBackgroundColor: scene.appState.viewBackgroundColor },
    captureUpdate: CaptureUpdateAction.IMMEDIATELY,
  });
}

export function select(api, ids) {
  const selectedElementIds = Object.fromEntries(ids.map((id) => [id, true]));
  api.updateScene({
    appState: { selectedElementIds, selectedGroupIds: {}, editingGroupId: null },
    captureUpdate: CaptureUpdateAction.NEVER,
  });
}

function isSame(a, b) {
  return JSON.stringify(canonical(a)) === JSON.stringify(canonical(b));
}

/** The editor believes an element to have changed when its version has. */
function newer(element, old) {
  return {
    ...element,
    version: (old?.version ?? 0) + 1,
    versionNonce: crypto.getRandomValues(new Uint32Array(1))[0] >>> 1,
    updated: Date.now(),
  };
}
