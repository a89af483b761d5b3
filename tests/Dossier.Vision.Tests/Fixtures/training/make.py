"""Trains a tiny vision transformer for a few steps with PyTorch: what the trainer must agree with. See README.md."""
import json
import math
import struct

import torch
from torch import nn
from torch.nn import functional as F

HIDDEN, LAYERS, HEADS, MLP, IMAGE, PATCH, LABELS, SAMPLES = 16, 2, 2, 32, 16, 8, 2, 8
EPS = 1e-12


def save(path, tensors):
    """The safetensors format: the header's length, the header as JSON, the values."""
    header, blobs, at = {}, [], 0
    for name in sorted(tensors):
        blob = tensors[name].detach().contiguous().numpy().astype("<f4").tobytes()
        header[name] = {"dtype": "F32", "shape": list(tensors[name].shape), "data_offsets": [at, at + len(blob)]}
        blobs.append(blob)
        at += len(blob)
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text + b"".join(blobs))


def new_weights():
    generator = torch.Generator().manual_seed(7)
    draw = lambda *shape: torch.randn(*shape, generator=generator) * 0.2
    linear = lambda name, rows, columns: {name + ".weight": draw(rows, columns), name + ".bias": draw(rows)}
    norm = lambda name: {name + ".weight": 1 + draw(HIDDEN), name + ".bias": draw(HIDDEN)}
    tokens = (IMAGE // PATCH) ** 2 + 1
    w = {
        "vit.embeddings.cls_token": draw(1, 1, HIDDEN),
        "vit.embeddings.position_embeddings": draw(1, tokens, HIDDEN),
        "vit.embeddings.patch_embeddings.projection.weight": draw(HIDDEN, 3, PATCH, PATCH) * 0.3,
        "vit.embeddings.patch_embeddings.projection.bias": draw(HIDDEN),
    }
    for i in range(LAYERS):
        at = f"vit.encoder.layer.{i}."
        for part in "query", "key", "value":
            w |= linear(at + "attention.attention." + part, HIDDEN, HIDDEN)
        w |= linear(at + "attention.output.dense", HIDDEN, HIDDEN)
        w |= linear(at + "intermediate.dense", MLP, HIDDEN)
        w |= linear(at + "output.dense", HIDDEN, MLP)
        w |= norm(at + "layernorm_before") | norm(at + "layernorm_after")
    w |= norm("vit.layernorm") | linear("classifier", LABELS, HIDDEN)
    return {name: nn.Parameter(value) for name, value in w.items()}


def forward(w, x):
    linear = lambda name, x: F.linear(x, w[name + ".weight"], w[name + ".bias"])
    norm = lambda name, x: F.layer_norm(x, (HIDDEN,), w[name + ".weight"], w[name + ".bias"], EPS)
    at = "vit.embeddings."
    x = F.conv2d(x, w[at + "patch_embeddings.projection.weight"], w[at + "patch_embeddings.projection.bias"], stride=PATCH)
    x = x.flatten(2).transpose(1, 2)
    x = torch.cat([w[at + "cls_token"].expand(x.shape[0], -1, -1), x], 1) + w[at + "position_embeddings"]
    for i in range(LAYERS):
        at = f"vit.encoder.layer.{i}."
        heads = lambda x: x.view(x.shape[0], -1, HEADS, HIDDEN // HEADS).transpose(1, 2)
        y = norm(at + "layernorm_before", x)
        q, k, v = (heads(linear(at + "attention.attention." + part, y)) for part in ("query", "key", "value"))
        y = (q @ k.transpose(-1, -2) / math.sqrt(HIDDEN // HEADS)).softmax(-1) @ v
        x = x + linear(at + "attention.output.dense", y.transpose(1, 2).reshape(x.shape))
        y = F.gelu(linear(at + "intermediate.dense", norm(at + "layernorm_after", x)))
        x = x + linear(at + "output.dense", y)
    return linear("classifier", norm("vit.layernorm", x)[:, 0])


def pictures():
    """Bytes that the test makes with the same formula; row, column and channel of picture n."""
    pixels = torch.tensor([[[[(37 * n + 5 * r * (1 + n % 3) + 11 * c + 71 * k) % 256 for c in range(IMAGE)] for r in range(IMAGE)]
                            for k in range(3)] for n in range(SAMPLES)])
    return (pixels / 255 - 0.5) / 0.5, torch.tensor([n % LABELS for n in range(SAMPLES)])


def adamw_hf(groups, state, step, lr, eps, decays):
    """transformers' former optimiser: epsilon before the bias correction, decay after the step."""
    for (name, p), decay in zip(groups, decays):
        m, v = state.setdefault(name, (torch.zeros_like(p), torch.zeros_like(p)))
        m.mul_(0.9).add_(p.grad, alpha=0.1)
        v.mul_(0.999).addcmul_(p.grad, p.grad, value=1 - 0.999)
        size = lr * math.sqrt(1 - 0.999 ** step) / (1 - 0.9 ** step)
        p.data.addcdiv_(m, v.sqrt().add_(eps), value=-size)
        p.data.add_(p.data, alpha=-lr * decay)


def train(kind, steps, lr, warmup, decay, eps, clip, smoothing, weights, accumulation):
    w = new_weights()
    if kind == "adamw_torch":
        save("initial.safetensors", w)
    x, y = pictures()
    named = list(w.items())
    decays = [decay if p.dim() > 1 else 0.0 for _, p in named]
    reference = torch.optim.AdamW([{"params": [p], "weight_decay": d} for (_, p), d in zip(named, decays)], lr=lr, eps=eps)
    state, losses, norms = {}, [], []
    for step in range(steps):
        rate = lr * (step / warmup if step < warmup else (steps - step) / (steps - warmup))
        reference.zero_grad()
        total = 0.0
        for part in range(accumulation):
            rows = slice(part * SAMPLES // accumulation, (part + 1) * SAMPLES // accumulation)
            loss = F.cross_entropy(forward(w, x[rows]), y[rows], weight=weights, label_smoothing=smoothing) / accumulation
            loss.backward()
            total += loss.item()
        losses.append(total)
        norms.append(nn.utils.clip_grad_norm_(list(w.values()), clip).item())
        if kind == "adamw_torch":
            for group in reference.param_groups:
                group["lr"] = rate
            reference.step()
        else:
            with torch.no_grad():
                adamw_hf(named, state, step + 1, rate, eps, decays)
    save(kind + ".safetensors", w)
    return {"losses": losses, "norms": norms}


if __name__ == "__main__":
    torch.set_num_threads(1)
    runs = {
        "adamw_torch": train("adamw_torch", 6, 1e-2, 2, 0.1, 1e-5, 1.0, 0.1, None, 2),
        "adamw_hf": train("adamw_hf", 6, 1e-2, 1, 0.05, 1e-5, 0.5, 0.0, torch.tensor([0.5, 2.0]), 1),
    }
    with open("losses.json", "w") as file:
        json.dump(runs, file, indent=2)
        file.write("\n")
    print(json.dumps(runs, indent=2))
