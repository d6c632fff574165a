"""What a host deploys: the image, compose files, the Kubernetes manifest, nginx, the dashboard."""
