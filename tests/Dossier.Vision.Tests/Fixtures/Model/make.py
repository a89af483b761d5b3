#!/usr/bin/python3
"""Makes the fixtures of this folder. See README.md for what they are and which versions made them.

The forward pass is written from the formulas of the ViT paper (Dosovitskiy et al., 2021) in numpy with 64-bit floats, with Hugging Face's
names of the weights. It shares no code with Dossier: no torch in the forward pass, and a writer and a reader of safetensors of its own.

    make.py                       writes the fixtures
    make.py --check FOLDER        prints the logits of a folder that Dossier saved (config.json, model.safetensors), for the fixture's input
"""

import json
import math
import os
import struct
import sys

import numpy as np

HERE = os.path.dirname(os.path.abspath(__file__))
CONFIG = {
    "architectures": ["ViTForImageClassification"],
    "attention_probs_dropout_prob": 0.0,
    "encoder_stride": 8,
    "hidden_act": "gelu",
    "hidden_dropout_prob": 0.0,
    "hidden_size": 32,
    "id2label": {"0": "normal", "1": "bent", "2": "melt"},
    "image_size": 16,
    "initializer_range": 0.02,
    "intermediate_size": 64,
    "label2id": {"normal": 0, "bent": 1, "melt": 2},
    "layer_norm_eps": 1e-12,
    "model_type": "vit",
    "num_attention_heads": 4,
    "num_channels": 3,
    "num_hidden_layers": 2,
    "patch_size": 8,
    "qkv_bias": True,
    "torch_dtype": "float32",
    "transformers_version": "4.28.1",
}

erf = np.vectorize(math.erf)


def shapes(config):
    h, m, p = config["hidden_size"], config["intermediate_size"], config["patch_size"]
    yield "vit.embeddings.cls_token", (1, 1, h)
    yield "vit.embeddings.position_embeddings", (1, (config["image_size"] // p) ** 2 + 1, h)
    yield "vit.embeddings.patch_embeddings.projection.weight", (h, config["num_channels"], p, p)
    yield "vit.embeddings.patch_embeddings.projection.bias", (h,)
    for layer in range(config["num_hidden_layers"]):
        at = f"vit.encoder.layer.{layer}."
        dense = [(f"attention.attention.{part}", h, h) for part in ("query", "key", "value")]
        dense += [("attention.output.dense", h, h), ("intermediate.dense", m, h), ("output.dense", h, m)]
        for name, rows, columns in dense:
            yield at + name + ".weight", (rows, columns)
            yield at + name + ".bias", (rows,)
        for norm in ("layernorm_before", "layernorm_after"):
            yield at + norm + ".weight", (h,)
            yield at + norm + ".bias", (h,)
    yield "vit.layernorm.weight", (h,)
    yield "vit.layernorm.bias", (h,)
    yield "classifier.weight", (len(config["id2label"]), h)
    yield "classifier.bias", (len(config["id2label"]),)


def make_weights(config, seed):
    """Larger than fresh weights, and no zeros or ones: so that every weight is felt in the logits."""
    chance = np.random.RandomState(seed)
    weights = {}
    for name, shape in shapes(config):
        values = chance.standard_normal(shape) * 0.3
        if "layernorm" in name and name.endswith(".weight"):
            values += 1
        weights[name] = values.astype("<f4")
    return weights


def forward(config, weights, pixels):
    """Logits [batch, labels] of pixels [batch, channels, side, side]."""
    w = {name: values.astype(np.float64) for name, values in weights.items()}
    x = pixels.astype(np.float64)
    h, p, heads = config["hidden_size"], config["patch_size"], config["num_attention_heads"]
    side = config["image_size"] // p

    def linear(v, name):
        return v @ w[name + ".weight"].T + w.get(name + ".bias", 0)

    def norm(v, name):
        centred = v - v.mean(-1, keepdims=True)
        variance = (centred**2).mean(-1, keepdims=True)
        return centred / np.sqrt(variance + config["layer_norm_eps"]) * w[name + ".weight"] + w[name + ".bias"]

    def split(v):
        return v.reshape(v.shape[0], v.shape[1], heads, h // heads).transpose(0, 2, 1, 3)

    # A convolution whose stride is its kernel is a product with each patch's pixels, in the order channel, row, column.
    kernel = w["vit.embeddings.patch_embeddings.projection.weight"].reshape(h, -1)
    patches = x.reshape(len(x), -1, side, p, side, p).transpose(0, 2, 4, 1, 3, 5).reshape(len(x), side * side, -1)
    tokens = patches @ kernel.T + w["vit.embeddings.patch_embeddings.projection.bias"]
    first = np.broadcast_to(w["vit.embeddings.cls_token"], (len(x), 1, h))
    tokens = np.concatenate([first, tokens], 1) + w["vit.embeddings.position_embeddings"]
    for layer in range(config["num_hidden_layers"]):
        at = f"vit.encoder.layer.{layer}."
        v = norm(tokens, at + "layernorm_before")
        q, k, value = (split(linear(v, at + "attention.attention." + part)) for part in ("query", "key", "value"))
        scores = q @ k.transpose(0, 1, 3, 2) / math.sqrt(h // heads)
        scores = np.exp(scores - scores.max(-1, keepdims=True))
        attended = (scores / scores.sum(-1, keepdims=True)) @ value
        attended = attended.transpose(0, 2, 1, 3).reshape(tokens.shape)
        tokens = tokens + linear(attended, at + "attention.output.dense")
        wide = linear(norm(tokens, at + "layernorm_after"), at + "intermediate.dense")
        tokens = tokens + linear(wide * 0.5 * (1 + erf(wide / math.sqrt(2))), at + "output.dense")
    return linear(norm(tokens, "vit.layernorm")[:, 0], "classifier")


def write_safetensors(path, weights):
    header, offset = {"__metadata__": {"format": "pt"}}, 0
    for name, values in weights.items():
        header[name] = {"dtype": "F32", "shape": list(values.shape), "data_offsets": [offset, offset + values.nbytes]}
        offset += values.nbytes
    text = json.dumps(header).encode()
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text)
        for values in weights.values():
            file.write(values.tobytes())


def read_safetensors(path):
    with open(path, "rb") as file:
        header = json.loads(file.read(struct.unpack("<Q", file.read(8))[0]))
        data = file.read()
    assert header.pop("__metadata__") == {"format": "pt"}
    assert all(entry["dtype"] == "F32" for entry in header.values())
    return {
        name: np.frombuffer(data[entry["data_offsets"][0] : entry["data_offsets"][1]], "<f4").reshape(entry["shape"])
        for name, entry in header.items()
    }


def make_input(config):
    shape = (2, config["num_channels"], config["image_size"], config["image_size"])
    return np.random.RandomState(7).uniform(-1, 1, shape).astype("<f4")


def main():
    folder = os.path.join(HERE, "tiny-vit")
    os.makedirs(folder, exist_ok=True)
    weights, pixels = make_weights(CONFIG, 1), make_input(CONFIG)
    with open(os.path.join(folder, "config.json"), "w") as file:
        json.dump(CONFIG, file, indent=2, sort_keys=True)
        file.write("\n")
    write_safetensors(os.path.join(folder, "model.safetensors"), weights)
    pixels.tofile(os.path.join(folder, "pixels.f32"))
    forward(CONFIG, weights, pixels).astype("<f4").tofile(os.path.join(folder, "logits.f32"))


def check(folder):
    with open(os.path.join(folder, "config.json")) as file:
        config = json.load(file)
    weights = read_safetensors(os.path.join(folder, "model.safetensors"))
    assert {n: v.shape for n, v in weights.items()} == dict(shapes(config)), "names or shapes differ"
    print(json.dumps(forward(config, weights, make_input(config)).tolist()))


if __name__ == "__main__":
    check(sys.argv[2]) if sys.argv[1:2] == ["--check"] else main()
