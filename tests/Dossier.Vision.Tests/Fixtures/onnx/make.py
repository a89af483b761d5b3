"""Logits of a vision transformer, calculated in 64-bit floats by PyTorch's functions: what the graph written from C# must answer.

Weights and pixels are drawn by a hash of their name and place, which SampleWeights.cs has too; so only the logits are kept.
    python3 make.py > logits.json
"""
import json
import math

import numpy
import torch
import torch.nn.functional as F


def draw(name, shape):
    seed = 2166136261
    for byte in name.encode():
        seed = (seed ^ byte) * 16777619 & 0xFFFFFFFF
    h = (numpy.arange(math.prod(shape), dtype=numpy.uint64) + seed).astype(numpy.uint32)
    h ^= h >> 16
    h *= numpy.uint32(0x7FEB352D)
    h ^= h >> 15
    h *= numpy.uint32(0x846CA68B)
    h ^= h >> 16
    value = h.astype(numpy.float64) / 2**32 - 0.5
    if "layernorm" in name and name.endswith("weight"):
        value = value + 1
    elif name != "pixel_values":
        value = value * 0.6
    return torch.tensor(value.astype(numpy.float32).astype(numpy.float64)).reshape(shape)


def logits(c, batch):
    hidden, wide, patch, channels = c["hidden_size"], c["intermediate_size"], c["patch_size"], 3
    tokens = (c["image_size"] // patch) ** 2 + 1
    weight = lambda name, *shape: draw(f"vit.{name}", shape)
    linear = lambda x, name, o, i, bias=True: F.linear(x, weight(f"{name}.weight", o, i), weight(f"{name}.bias", o) if bias else None)
    norm = lambda x, name: F.layer_norm(x, (hidden,), weight(f"{name}.weight", hidden), weight(f"{name}.bias", hidden), 1e-12)
    heads = lambda x: x.reshape(batch, tokens, c["num_attention_heads"], -1).transpose(1, 2)

    x = draw("pixel_values", (batch, channels, c["image_size"], c["image_size"]))
    projection = "embeddings.patch_embeddings.projection"
    x = F.conv2d(x, weight(f"{projection}.weight", hidden, channels, patch, patch), weight(f"{projection}.bias", hidden), stride=patch)
    x = x.flatten(2).transpose(1, 2)
    x = torch.cat([weight("embeddings.cls_token", 1, 1, hidden).expand(batch, 1, hidden), x], dim=1)
    x = x + weight("embeddings.position_embeddings", 1, tokens, hidden)
    for i in range(c["num_hidden_layers"]):
        layer = f"encoder.layer.{i}"
        y = norm(x, f"{layer}.layernorm_before")
        q, k, v = (heads(linear(y, f"{layer}.attention.attention.{part}", hidden, hidden, c["qkv_bias"])) for part in ("query", "key", "value"))
        share = torch.softmax(q @ k.transpose(-1, -2) / math.sqrt(hidden // c["num_attention_heads"]), dim=-1)
        y = (share @ v).transpose(1, 2).reshape(batch, tokens, hidden)
        x = x + linear(y, f"{layer}.attention.output.dense", hidden, hidden)
        y = F.gelu(linear(norm(x, f"{layer}.layernorm_after"), f"{layer}.intermediate.dense", wide, hidden))
        x = x + linear(y, f"{layer}.output.dense", hidden, wide)
    labels = c["labels"]
    return F.linear(norm(x, "layernorm")[:, 0], draw("classifier.weight", (labels, hidden)), draw("classifier.bias", (labels,)))


CONFIGS = [
    dict(hidden_size=32, num_hidden_layers=2, num_attention_heads=2, intermediate_size=64, image_size=16, patch_size=8, qkv_bias=True, labels=3),
    dict(hidden_size=48, num_hidden_layers=3, num_attention_heads=4, intermediate_size=80, image_size=24, patch_size=4, qkv_bias=False, labels=2),
    dict(hidden_size=40, num_hidden_layers=1, num_attention_heads=1, intermediate_size=40, image_size=8, patch_size=8, qkv_bias=True, labels=5),
]
print(json.dumps([dict(**c, batch=3, logits=logits(c, 3).flatten().tolist()) for c in CONFIGS], indent=1))
