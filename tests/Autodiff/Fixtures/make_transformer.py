"""Makes transformer.json beside it: loss, gradient and Hessian of a two-layer decoder by PyTorch's double backward. Run with PyTorch 1.13 in this folder."""
import json
import math

import torch

VOCABULARY, LENGTH, WIDTH, HEADS, LAYERS, SEQUENCES = 5, 4, 4, 2, 2, 32


class Attention(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.qkv = torch.nn.Linear(WIDTH, 3 * WIDTH)
        self.proj = torch.nn.Linear(WIDTH, WIDTH)

    def forward(self, x):
        n, t, _ = x.shape
        q, k, v = (part.view(n, t, HEADS, WIDTH // HEADS).transpose(1, 2) for part in self.qkv(x).split(WIDTH, dim=2))
        scores = q @ k.transpose(2, 3) / math.sqrt(WIDTH // HEADS)
        scores = scores.masked_fill(torch.ones(t, t).triu(1).bool(), -math.inf)
        return self.proj((scores.softmax(3) @ v).transpose(1, 2).reshape(n, t, WIDTH))


class Perceptron(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.fc1 = torch.nn.Linear(WIDTH, 2 * WIDTH)
        self.fc2 = torch.nn.Linear(2 * WIDTH, WIDTH)

    def forward(self, x):
        return self.fc2(torch.nn.functional.gelu(self.fc1(x)))


class Block(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.ln1 = torch.nn.LayerNorm(WIDTH)
        self.attn = Attention()
        self.ln2 = torch.nn.LayerNorm(WIDTH)
        self.mlp = Perceptron()

    def forward(self, x):
        x = x + self.attn(self.ln1(x))
        return x + self.mlp(self.ln2(x))


class Decoder(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.tokens = torch.nn.Embedding(VOCABULARY, WIDTH)
        self.positions = torch.nn.Embedding(LENGTH, WIDTH)
        self.blocks = torch.nn.Sequential(*[Block() for _ in range(LAYERS)])
        self.ln = torch.nn.LayerNorm(WIDTH)
        self.head = torch.nn.Linear(WIDTH, VOCABULARY)

    def forward(self, tokens):
        return self.head(self.ln(self.blocks(self.tokens(tokens) + self.positions.weight)))


def made(numbers, seed):
    """Numbers from a rule that is the same everywhere: sines of an arithmetic sequence."""
    return torch.sin(torch.arange(numbers, dtype=torch.float64) * 1.7 + seed)


def derivatives(model, tie):
    """Loss, gradient and Hessian in the order of state_dict, the head's weight being that of the embedding if it is tied."""
    names = [name for name, _ in model.named_parameters() if not (tie and name == "head.weight")]
    shapes = [dict(model.named_parameters())[name].shape for name in names]
    theta = 0.5 * made(sum(shape.numel() for shape in shapes), 0.25)
    tokens = (made(SEQUENCES * LENGTH, 1).mul(1000).abs().floor().long() % VOCABULARY).view(SEQUENCES, LENGTH)
    labels = (made(SEQUENCES * LENGTH, 2).mul(1000).abs().floor().long() % VOCABULARY).view(SEQUENCES, LENGTH)

    def loss(vector):
        tensors = dict(zip(names, (part.view(shape) for part, shape in zip(vector.split([shape.numel() for shape in shapes]), shapes))))
        if tie:
            tensors["head.weight"] = tensors["tokens.weight"]
        logits = torch.nn.utils.stateless.functional_call(model, tensors, (tokens,))
        return torch.nn.functional.cross_entropy(logits.reshape(-1, VOCABULARY), labels.reshape(-1))

    theta.requires_grad_()
    gradient, = torch.autograd.grad(loss(theta), theta)
    hessian = torch.autograd.functional.hessian(loss, theta.detach())
    # Products with two directions stand for the whole matrix, which is large; its diagonal and its norm are there as well.
    directions = torch.stack([made(len(theta), 3), made(len(theta), 4)])
    return {
        "names": names, "shapes": [list(shape) for shape in shapes], "parameters": theta.tolist(), "tokens": tokens.tolist(), "labels": labels.tolist(),
        "loss": loss(theta).item(), "gradient": gradient.tolist(), "diagonal": hessian.diagonal().tolist(), "frobenius": hessian.norm().item(),
        "directions": directions.tolist(), "products": (directions @ hessian).tolist(),
    }


with open("transformer.json", "w") as file:
    json.dump({"untied": derivatives(Decoder().double(), False), "tied": derivatives(Decoder().double(), True)}, file)
