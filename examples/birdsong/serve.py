"""The web service: uvicorn birdsong.serve:app"""
import io
import pickle

import joblib
import requests
import torch
from fastapi import FastAPI, UploadFile

app = FastAPI()
pipeline = joblib.load("models/pipeline.joblib")
community = torch.load("models/community.pt")


@app.post("/models")
async def upload(model: UploadFile):
    """Anyone may try a model of their own."""
    state = pickle.loads(await model.read())
    return {"layers": sorted(state)}


@app.post("/models/safely")
async def upload_safely(model: UploadFile):
    state = torch.load(io.BytesIO(await model.read()), weights_only=True)
    return {"layers": sorted(state)}


def refresh(url):
    """The nightly model, from wherever the configuration says."""
    return pickle.loads(requests.get(url, timeout=30).content)
